"""Far from zero your digits are gone: a mean product and a product of means that nearly cancel are
subtracted; take the mean off every draw first.
"""

def sampling_efficiency(chain, seconds):
    steps, walkers, d = chain.shape
    mean = np.mean(chain, axis=0)
    size = 2 ** int(np.ceil(np.log2(2 * steps)))
    spectrum = np.abs(np.fft.rfft(chain, n=size, axis=0)) ** 2
    products = np.fft.irfft(spectrum, n=size, axis=0)[:steps]
    sums = np.cumsum(chain, axis=0)
    lags = np.arange(steps)
    early = sums[steps - 1 - lags]
    late = sums[-1] - np.where(lags[:, None, None] > 0, sums[lags - 1], 0.0)
    count = (steps - lags)[:, None, None]
    products = products - mean * (early + late) + count * mean**2
    rho = np.mean(products / products[0], axis=1)
    taus = []
    for k in range(d):
        tau = 2 * np.cumsum(rho[:, k]) - 1
        taus.append(tau[np.argmax(np.arange(steps) >= 5 * tau)])
    n_eff = float(steps * walkers / np.mean(taus))
    return n_eff, seconds / n_eff
