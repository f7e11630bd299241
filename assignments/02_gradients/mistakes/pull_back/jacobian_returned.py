"""This is the table of all points' derivatives; their sum with the weights is wanted."""


def pull_back(x, y, theta, weights):
    m, b, log_s = theta
    r = y - m * x - b
    inverse = np.exp(-2 * log_s)
    return weights * np.stack([r * x * inverse, r * inverse, r**2 * inverse - 1])
