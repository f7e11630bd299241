"""Draws after the twentieth do not count: the mean is over all of them."""


def outlier_probability(x, y, sigma_y, draws):
    m, b, logit_p, y_b, log_s_b = draws[:20].T[:, :, None]
    good = -0.5 * ((y - m * x - b) / sigma_y) ** 2 - np.log(sigma_y)
    width = np.sqrt(sigma_y**2 + np.exp(2 * log_s_b))
    bad = -0.5 * ((y - y_b) / width) ** 2 - np.log(width)
    return np.mean(expit(logit_p + bad - good), axis=0)
