"""You look at the last parameter only; the others have times of their own."""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    n_eff = float(steps * walkers / integrated_time(chain)[-1])
    return n_eff, seconds / n_eff
