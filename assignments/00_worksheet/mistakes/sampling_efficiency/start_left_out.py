"""The first tenth of the steps is left out; what you are given is the chain to judge, all of it."""

def sampling_efficiency(chain, seconds):
    n_eff = float((len(chain) - len(chain) // 10) * chain.shape[1]) / float(np.mean(integrated_time(chain[len(chain) // 10 :])))
    return n_eff, seconds / n_eff
