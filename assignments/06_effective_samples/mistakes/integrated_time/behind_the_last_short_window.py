"""The window is behind the last M that is too short; look for the first M that is long enough."""


def integrated_time(x):
    taus = 2 * np.cumsum(autocorrelation(x)) - 1
    short = np.flatnonzero(np.arange(len(x)) < 5 * taus)
    window = short[-1] + 1 if len(short) else 0
    return float(taus[min(window, len(x) - 1)])
