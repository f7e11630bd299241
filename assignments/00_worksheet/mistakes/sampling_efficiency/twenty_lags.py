"""For slow chains your time is too short; the sum over lags is cut at a fixed place."""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    z = chain - chain.mean(axis=0)
    rho = [np.mean(z[: steps - t] * z[t:], axis=(0, 1)) / np.mean(z**2, axis=(0, 1)) for t in range(1, 21)]
    n_eff = float(steps * walkers / np.mean(1.0 + 2.0 * np.sum(rho, axis=0)))
    return n_eff, seconds / n_eff
