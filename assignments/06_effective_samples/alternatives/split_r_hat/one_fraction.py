"""The fraction, taken apart."""


def split_r_hat(chains):
    h = len(chains) // 2
    halves = np.hstack((chains[:h], chains[h : 2 * h]))
    ratio = halves.mean(axis=0).var(ddof=1) / halves.var(axis=0, ddof=1).mean()
    return np.sqrt(1 - 1 / h + ratio)
