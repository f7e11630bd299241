"""It moves the caller's own theta, and the steps back do not always undo the rounding."""


def central_difference(f, theta, h):
    found = []
    for i in range(len(theta)):
        theta[i] += h[i]
        high = f(theta)
        theta[i] -= 2 * h[i]
        found.append((high - f(theta)) / (2 * h[i]))
        theta[i] += 2 * h[i]
    return np.array(found)
