"""A loop over the parameters."""

def sampling_efficiency(chain, seconds):
    steps, walkers, d = chain.shape
    times = [integrated_time(chain[:, :, k : k + 1])[0] for k in range(d)]
    n_eff = float(steps * walkers * d / sum(times))
    return n_eff, seconds / n_eff
