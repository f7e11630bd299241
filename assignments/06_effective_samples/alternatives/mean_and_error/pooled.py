"""An array of two, from the draws in one row."""


def mean_and_error(chain):
    n, m = chain.shape
    draws = chain.T.ravel()
    taus = [integrated_time(draws[k * n : (k + 1) * n]) for k in range(m)]
    off = draws - draws.mean()
    return np.array([draws.mean(), np.sqrt(off @ off / draws.size * np.mean(taus) / draws.size)])
