"""Both numbers are right, but they stand in the other order."""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    n_eff = float(steps * walkers / np.mean(integrated_time(chain)))
    return seconds / n_eff, n_eff
