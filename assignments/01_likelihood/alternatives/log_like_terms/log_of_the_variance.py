"""Everything under one log, of the variance."""


def log_like_terms(x, y, m, b, s):
    variance = s**2
    return -0.5 * ((y - m * x - b) ** 2 / variance + np.log(2 * np.pi * variance))
