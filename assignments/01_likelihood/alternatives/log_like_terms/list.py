"""A list of floats."""


def log_like_terms(x, y, m, b, s):
    residuals = (y - (b + m * x)) / s
    return [float(-0.5 * r * r - np.log(s * np.sqrt(2 * np.pi))) for r in residuals]
