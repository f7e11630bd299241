"""NumPy's own sums of products."""


def autocorrelation(x):
    off = x - x.mean()
    products = np.correlate(off, off, mode="full")[len(x) - 1 :]
    return products / products[0]
