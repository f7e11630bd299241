"""A chain that remembers for more than a thousand steps seems quicker: the sum ends there."""


def integrated_time(x):
    rho = autocorrelation(x) * (np.arange(len(x)) < 1000)
    taus = 2 * np.cumsum(rho) - 1
    return float(taus[np.argmax(np.arange(len(x)) >= 5 * taus)])
