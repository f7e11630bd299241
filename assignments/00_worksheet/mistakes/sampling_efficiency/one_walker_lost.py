"""One walker's draws are missing from the count: doubling the walkers has to double it."""

def sampling_efficiency(chain, seconds):
    n_eff = float(chain.shape[0] * max(1, chain.shape[1] - 1)) / float(np.mean(integrated_time(chain)))
    return n_eff, seconds / n_eff
