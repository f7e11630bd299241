"""These are sums of squared slopes, point by point: like the curvature on average, but not it."""


def standard_errors(x, y, theta):
    m, b, log_s = theta
    r, inverse = y - m * x - b, np.exp(-2 * log_s)
    slopes = np.stack([r * x * inverse, r * inverse, r**2 * inverse - 1])
    return np.sqrt(np.diag(np.linalg.pinv(slopes @ slopes.T)))
