"""Your count is too small by the number of parameters; their times are to be averaged, not
added.
"""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    n_eff = float(steps * walkers / np.sum(integrated_time(chain)))
    return n_eff, seconds / n_eff
