"""This is the time in which a memory falls to 1/e, from the first lag alone."""


def integrated_time(x):
    first = min(max(autocorrelation(x)[1], 1e-6), 1 - 1e-6)
    return float(-1 / np.log(first))
