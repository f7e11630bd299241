"""A numpy float, from names of its own."""


def log_like_from_summary(six, slope, intercept, scale):
    count, x0, y0, a, h, c = (np.float64(v) for v in six)
    off = y0 - (slope * x0 + intercept)
    total = a * slope**2 - 2 * h * slope + c + count * off**2
    return -(total / scale**2 + count * np.log(2 * np.pi) + 2 * count * np.log(scale)) / 2
