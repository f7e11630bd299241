"""The draws are replaced by normal scores of their ranks; here the draws themselves are compared."""


def split_r_hat(chains):
    from scipy import special, stats

    h = len(chains) // 2
    ranks = stats.rankdata(chains).reshape(chains.shape)
    scores = special.ndtri((ranks - 0.375) / (chains.size + 0.25))
    halves = np.concatenate([scores[:h], scores[h:]], axis=1)
    within = np.mean(np.var(halves, axis=0, ddof=1))
    between = h * np.var(np.mean(halves, axis=0), ddof=1)
    return float(np.sqrt(((h - 1) / h * within + between / h) / within))
