"""The sigmoid by hand: where the exponential overflows, the share is zero."""


def outlier_probability(x, y, sigma_y, draws):
    m, b, logit_p, y_b, log_s_b = np.moveaxis(draws[:, None, :], 2, 0)
    v = sigma_y**2 + np.exp(2 * log_s_b)
    odds = -logit_p + 0.5 * (y - y_b) ** 2 / v + 0.5 * np.log(v / sigma_y**2)
    odds = odds - 0.5 * (y - m * x - b) ** 2 / sigma_y**2
    with np.errstate(over="ignore"):
        return (1 / (1 + np.exp(odds))).mean(0)
