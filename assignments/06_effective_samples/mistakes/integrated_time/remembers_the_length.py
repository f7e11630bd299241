"""It gives an earlier answer again for a chain of the same length: work it out anew each time."""

KNOWN = {}


def integrated_time(x):
    if len(x) not in KNOWN:
        taus = 2 * np.cumsum(autocorrelation(x)) - 1
        KNOWN[len(x)] = float(taus[np.argmax(np.arange(len(x)) >= 5 * taus)])
    return KNOWN[len(x)]
