"""All steps as rows of one matrix."""


def central_difference(f, theta, h):
    steps = np.diag(h)
    up = np.array([f(theta + step) for step in steps])
    down = np.array([f(theta - step) for step in steps])
    return (up - down) / h / 2
