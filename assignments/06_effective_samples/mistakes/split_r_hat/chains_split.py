"""The chains are sorted into two groups; it is their time that has to be cut in two."""


def split_r_hat(chains):
    n, m = chains.shape
    groups = [chains[:, : m // 2 + m % 2].ravel(), chains[:, m // 2 :].ravel()]
    within = np.mean([np.var(group, ddof=1) for group in groups])
    between = n * np.var([np.mean(group) for group in groups], ddof=1)
    return float(np.sqrt(((n - 1) / n * within + between / n) / within))
