"""Both numbers in one array."""

def sampling_efficiency(chain, seconds):
    n_eff = float(chain.shape[0] * chain.shape[1]) / float(np.mean(integrated_time(chain)))
    return np.array([n_eff, seconds / n_eff])
