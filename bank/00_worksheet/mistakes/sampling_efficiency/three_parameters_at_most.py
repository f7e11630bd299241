"""A chain may have more than three parameters; all their times are averaged."""

def sampling_efficiency(chain, seconds):
    n_eff = float(chain.shape[0] * chain.shape[1]) / float(np.mean(integrated_time(chain[:, :, :3])))
    return n_eff, seconds / n_eff
