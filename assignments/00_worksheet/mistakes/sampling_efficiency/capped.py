"""A chain whose neighbours lie on opposite sides may be worth more than its draws; yours never is."""

def sampling_efficiency(chain, seconds):
    n_eff = float(chain.shape[0] * chain.shape[1]) / float(max(1.0, np.mean(integrated_time(chain))))
    return n_eff, seconds / n_eff
