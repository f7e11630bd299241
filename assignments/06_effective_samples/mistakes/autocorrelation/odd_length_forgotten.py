"""The FFT has an odd length, which `irfft` takes for an even one unless you say it: all lags but the
first are off.
"""


def autocorrelation(x):
    n = len(x)
    off = x - np.mean(x)
    products = np.fft.irfft(np.abs(np.fft.rfft(off, 2 * n - 1)) ** 2)[:n]
    return products / products[0]
