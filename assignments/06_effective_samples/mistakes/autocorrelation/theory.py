"""Every lag is a power of the first one: this holds for one kind of chain only, and on average."""


def autocorrelation(x):
    off = x - np.mean(x)
    first = off[1:] @ off[:-1] / (off @ off)
    return first ** np.arange(len(x))
