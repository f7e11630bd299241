"""A copy of theta is moved there and back."""


def central_difference(f, theta, h):
    found = np.zeros(len(theta))
    for i, step in enumerate(h):
        place = theta.copy()
        place[i] = theta[i] - step
        low = f(place)
        place[i] = theta[i] + step
        found[i] = (f(place) - low) / (2 * step)
    return found
