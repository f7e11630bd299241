"""The times are estimated from the first thousand steps, whatever comes after them."""

def sampling_efficiency(chain, seconds):
    n_eff = float(chain.shape[0] * chain.shape[1]) / float(np.mean(integrated_time(chain[:1000])))
    return n_eff, seconds / n_eff
