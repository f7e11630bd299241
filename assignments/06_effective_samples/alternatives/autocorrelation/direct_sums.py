"""Lag by lag, as it is defined."""


def autocorrelation(x):
    off = x - np.mean(x)
    return np.array([off[: len(x) - t] @ off[t:] for t in range(len(x))]) / (off @ off)
