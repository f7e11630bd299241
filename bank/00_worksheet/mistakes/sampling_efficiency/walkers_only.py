"""Your count is far too small; the steps are draws as well as the walkers."""

def sampling_efficiency(chain, seconds):
    n_eff = float(chain.shape[1] / np.mean(integrated_time(chain)))
    return n_eff, seconds / n_eff
