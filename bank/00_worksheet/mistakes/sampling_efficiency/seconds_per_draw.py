"""The second number is the time for any draw; for an effective one it takes τ times as long."""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    n_eff = float(steps * walkers / np.mean(integrated_time(chain)))
    return n_eff, seconds / (steps * walkers)
