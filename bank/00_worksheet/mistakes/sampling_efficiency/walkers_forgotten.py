"""Your count is too small by the number of walkers; each of them draws too."""

def sampling_efficiency(chain, seconds):
    n_eff = float(len(chain) / np.mean(integrated_time(chain)))
    return n_eff, seconds / n_eff
