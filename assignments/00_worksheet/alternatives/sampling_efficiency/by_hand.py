"""The window written by hand, with FFTs."""

def _time(x, c=5.0):
    n = len(x)
    z = np.fft.rfft(x - x.mean(axis=0), 2 * n, axis=0)
    rho = np.fft.irfft(z * np.conj(z), axis=0)[:n]
    rho = np.mean(rho / rho[0], axis=1)
    sums = 2.0 * np.cumsum(rho) - 1.0
    return sums[np.argmax(np.arange(n) >= c * sums)]


def sampling_efficiency(chain, seconds):
    tau = np.mean([_time(chain[:, :, k]) for k in range(chain.shape[2])])
    n_eff = float(chain[..., 0].size / tau)
    return n_eff, seconds / n_eff
