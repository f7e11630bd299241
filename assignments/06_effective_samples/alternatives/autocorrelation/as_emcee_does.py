"""A complex FFT of a power of two, as emcee's function_1d."""


def autocorrelation(x):
    size = 1
    while size < len(x):
        size *= 2
    f = np.fft.fft(x - np.mean(x), n=2 * size)
    found = np.fft.ifft(f * np.conjugate(f))[: len(x)].real
    found /= found[0]
    return found
