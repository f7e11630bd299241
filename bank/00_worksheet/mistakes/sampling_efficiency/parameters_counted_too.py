"""Your count is too large by the number of parameters; a draw is one vector, however long."""

def sampling_efficiency(chain, seconds):
    n_eff = float(chain.size / np.mean(integrated_time(chain)))
    return n_eff, seconds / n_eff
