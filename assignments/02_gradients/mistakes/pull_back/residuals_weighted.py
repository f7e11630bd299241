"""The residuals are weighted before they are squared, so that by log s each weight counts twice."""


def pull_back(x, y, theta, weights):
    m, b, log_s = theta
    r = weights * (y - m * x - b)
    inverse = np.exp(-2 * log_s)
    slope, intercept = inverse * np.sum(r * x), inverse * np.sum(r)
    return np.array([slope, intercept, np.sum(r**2) * inverse - np.sum(weights)])
