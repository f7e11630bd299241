"""The table of all points' derivatives, times the weights."""


def pull_back(x, y, theta, weights):
    m, b, log_s = theta
    r = (y - m * x - b) / np.exp(log_s)
    table = np.stack([r * x / np.exp(log_s), r / np.exp(log_s), r**2 - 1])
    return table @ weights
