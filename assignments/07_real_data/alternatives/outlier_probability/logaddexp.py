"""The share as an exponential of a difference of logs."""


def outlier_probability(x, y, sigma_y, draws):
    m, b, logit_p, y_b, log_s_b = (column[:, None] for column in np.transpose(draws))
    width = np.hypot(sigma_y, np.exp(log_s_b))
    good = -0.5 * ((y - (m * x + b)) / sigma_y) ** 2 - np.log(sigma_y) - np.logaddexp(0, logit_p)
    bad = -0.5 * ((y - y_b) / width) ** 2 - np.log(width) - np.logaddexp(0, -logit_p)
    return np.exp(bad - np.logaddexp(good, bad)).mean(axis=0)
