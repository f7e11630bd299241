"""You take the slowest parameter's time for all; the exercise asks for the mean."""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    n_eff = float(steps * walkers / np.max(integrated_time(chain)))
    return n_eff, seconds / n_eff
