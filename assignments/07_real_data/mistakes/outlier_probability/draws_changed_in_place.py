"""The caller's draws are changed in place: log s_b has become s_b for everybody."""


def outlier_probability(x, y, sigma_y, draws):
    draws[:, 4] = np.exp(draws[:, 4])
    m, b, logit_p, y_b, s_b = draws.T[:, :, None]
    width = np.sqrt(sigma_y**2 + s_b**2)
    good = -0.5 * ((y - m * x - b) / sigma_y) ** 2 - np.log(sigma_y)
    bad = -0.5 * ((y - y_b) / width) ** 2 - np.log(width)
    return np.mean(expit(logit_p + bad - good), axis=0)
