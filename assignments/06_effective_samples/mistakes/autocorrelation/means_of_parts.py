"""Each lag has its own two means; the mean of the whole series serves all lags."""


def autocorrelation(x):
    n, off = len(x), x - np.mean(x)
    rho = [1.0]
    for t in range(1, n):
        rho.append((x[: n - t] - np.mean(x[: n - t])) @ (x[t:] - np.mean(x[t:])) / (off @ off))
    return np.array(rho)
