"""The window as emcee finds it, and the last lag where there is none."""


def integrated_time(x):
    taus = 2.0 * np.cumsum(autocorrelation(x)) - 1.0
    too_small = np.arange(len(taus)) < 5.0 * taus
    window = np.argmin(too_small) if np.any(too_small) else len(taus) - 1
    return taus[window]
