"""NumPy's covariance, divided by n, times n."""


def summarise(x, y):
    n = len(x)
    (sxx, sxy), (_, syy) = np.cov(x, y, ddof=0) * n
    return np.array([n, x.mean(), y.mean(), sxx, sxy, syy])
