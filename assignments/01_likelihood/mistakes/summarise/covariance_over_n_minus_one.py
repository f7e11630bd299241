"""`np.cov` divides by n - 1, not by n: times n, its Sxy is too large, and nan for a single point."""


def summarise(x, y):
    n = len(x)
    with np.errstate(all="ignore"):
        mixed = n * np.cov(x, y)[0, 1]
    return np.array([n, np.mean(x), np.mean(y), n * np.var(x), mixed, n * np.var(y)])
