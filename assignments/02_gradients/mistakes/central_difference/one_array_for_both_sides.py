"""Both sides are one and the same array, so f is asked at one place twice: take copies of theta."""


def central_difference(f, theta, h):
    slopes = np.zeros(len(theta))
    for i in range(len(theta)):
        up = np.array(theta)
        down = up
        up[i] += h[i]
        down[i] -= h[i]
        slopes[i] = (f(up) - f(down)) / (2 * h[i])
    return slopes
