"""SciPy's correlation by FFT."""


def autocorrelation(x):
    from scipy.signal import correlate

    off = x - x.mean()
    return correlate(off, off, method="fft")[len(x) - 1 :] / np.sum(off**2)
