"""The noise first, the coins last, point by point."""


def replicate(rng, x, sigma_y, draws):
    k, n = len(draws), len(x)
    z, u = rng.normal(size=(n, k)).T, rng.uniform(size=(n, k)).T
    fakes = np.empty((k, n))
    for j in range(n):
        bad = u[:, j] > expit(-draws[:, 2])
        width = np.where(bad, np.hypot(sigma_y[j], np.exp(draws[:, 4])), sigma_y[j])
        fakes[:, j] = np.where(bad, draws[:, 3], draws[:, 0] * x[j] + draws[:, 1]) + width * z[:, j]
    return fakes
