"""Your count is that of a single walker; the others' draws were paid for too."""

def sampling_efficiency(chain, seconds):
    own = chain[:, :1]
    n_eff = float(len(own) / np.mean(integrated_time(own)))
    return n_eff, seconds / n_eff
