"""It stops where a pair of lags turns negative: that is Geyer's rule, and not the window M >= 5 τ(M)."""


def integrated_time(x):
    rho = autocorrelation(x)
    pairs = rho[: len(rho) // 2 * 2].reshape(-1, 2).sum(axis=1)
    stop = np.argmax(pairs <= 0) if np.any(pairs <= 0) else len(pairs)
    return float(2 * np.sum(np.minimum.accumulate(pairs[:stop])) - 1)
