"""For draws that you have seen before you take the data of then; what is remembered has to be
found by all that it depends on.
"""

_seen = {}


def outlier_probability(x, y, sigma_y, draws):
    x, y, sigma_y = _seen.setdefault((len(x), draws.tobytes()), (x, y, sigma_y))
    m, b, logit_p, y_b, log_s_b = draws.T[:, :, None]
    width = np.sqrt(sigma_y**2 + np.exp(2 * log_s_b))
    good = -0.5 * ((y - m * x - b) / sigma_y) ** 2 - np.log(sigma_y)
    bad = -0.5 * ((y - y_b) / width) ** 2 - np.log(width)
    return np.mean(expit(logit_p + bad - good), axis=0)
