"""The squared mean is subtracted after the products are summed: far from zero the digits are lost."""


def autocorrelation(x):
    n, mean = len(x), np.mean(x)
    rho = []
    for t in range(n):
        ends = np.sum(x[: n - t]) + np.sum(x[t:])
        rho.append(x[: n - t] @ x[t:] - mean * ends + (n - t) * mean**2)
    return np.array(rho) / rho[0]
