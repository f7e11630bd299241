"""You average the parameters' effective numbers; average their times first, for the mean of 1/τ
is not 1 over the mean.
"""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    n_eff = float(np.mean(steps * walkers / integrated_time(chain)))
    return n_eff, seconds / n_eff
