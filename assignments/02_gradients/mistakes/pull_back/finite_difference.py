"""It is right to some eight digits: this is a difference of values."""


def pull_back(x, y, theta, weights):
    def total(theta):
        m, b, log_s = theta
        return np.sum(weights * (-0.5 * ((y - m * x - b) / np.exp(log_s)) ** 2 - log_s))

    return central_difference(total, theta, np.full(3, 1e-5))
