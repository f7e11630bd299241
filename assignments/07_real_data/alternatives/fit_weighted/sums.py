"""The sums of a textbook."""


def fit_weighted(x, y, sigma_y):
    w = 1 / sigma_y**2
    s, sx, sy, sxx, sxy = w.sum(), w @ x, w @ y, w @ x**2, w @ (x * y)
    d = s * sxx - sx**2
    return [(s * sxy - sx * sy) / d, (sxx * sy - sx * sxy) / d], [[s / d, -sx / d], [-sx / d, sxx / d]]
