"""Everything is divided by s first."""


def log_like_from_summary(summary, m, b, s):
    n, mean_x, mean_y, sxx, sxy, syy = summary
    z = (mean_y - m * mean_x - b) / s
    squares = syy / s / s - 2 * m * sxy / s / s + (m / s) ** 2 * sxx + n * z * z
    return -squares / 2 - n * np.log(np.sqrt(2 * np.pi) * s)
