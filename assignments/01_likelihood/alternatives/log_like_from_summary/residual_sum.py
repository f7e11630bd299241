"""The residual sum of the best line, and the distance from it."""


def log_like_from_summary(summary, m, b, s):
    n, mean_x, mean_y, sxx, sxy, syy = summary
    residual = syy - 2 * m * sxy + m * m * sxx
    lift = mean_y - m * mean_x - b
    return -(residual + n * lift**2) / (2 * s**2) - 0.5 * n * np.log(2 * np.pi * s**2)
