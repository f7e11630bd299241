"""Your result changes with the zero of a parameter; a correlation is one of departures from the
mean.
"""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    rho = [np.mean(chain[: steps - t] * chain[t:], axis=(0, 1)) / np.mean(chain**2, axis=(0, 1)) for t in range(1, 100)]
    n_eff = float(steps * walkers / np.mean(1.0 + 2.0 * np.sum(rho, axis=0)))
    return n_eff, seconds / n_eff
