"""Every lag has its own mean and width here; one mean and one width serve all lags."""


def autocorrelation(x):
    n, rho = len(x), [1.0]
    for t in range(1, n):
        one, other = x[: n - t] - np.mean(x[: n - t]), x[t:] - np.mean(x[t:])
        rho.append(one @ other / (np.sqrt((one @ one) * (other @ other)) + 1e-300))
    return np.array(rho)
