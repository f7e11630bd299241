"""You are right for 2000 steps of 32 walkers only; the chain knows its own shape."""

def sampling_efficiency(chain, seconds):
    n_eff = float(2000 * 32 / np.mean(integrated_time(chain)))
    return n_eff, seconds / n_eff
