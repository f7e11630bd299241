"""The mean is taken off after the zeros are put behind the series, so that they are zeros no longer."""


def autocorrelation(x):
    n = len(x)
    padded = np.concatenate([x, np.zeros(n)])
    padded = padded - np.mean(padded)
    products = np.fft.irfft(np.abs(np.fft.rfft(padded)) ** 2, 2 * n)[:n]
    return products / products[0]
