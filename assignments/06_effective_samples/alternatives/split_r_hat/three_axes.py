"""Halves as an axis of their own."""


def split_r_hat(chains):
    n, m = chains.shape
    h = n // 2
    halves = np.moveaxis(chains.reshape(2, h, m), 1, 0).reshape(h, 2 * m)
    within = np.sum((halves - halves.mean(axis=0)) ** 2) / (2 * m * (h - 1))
    means = halves.mean(axis=0)
    between = h * np.sum((means - means.mean()) ** 2) / (2 * m - 1)
    return float(np.sqrt((h - 1) / h + between / (h * within)))
