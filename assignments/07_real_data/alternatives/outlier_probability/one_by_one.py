"""A loop over the draws."""


def outlier_probability(x, y, sigma_y, draws):
    total = np.zeros(len(x))
    for m, b, logit_p, y_b, log_s_b in draws:
        v = sigma_y**2 + np.exp(2 * log_s_b)
        good = -((y - m * x - b) ** 2) / (2 * sigma_y**2) - np.log(sigma_y)
        bad = -((y - y_b) ** 2) / (2 * v) - np.log(v) / 2
        total += expit(logit_p + bad - good)
    return total / len(draws)
