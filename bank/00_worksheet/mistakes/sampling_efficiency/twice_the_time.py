"""Your count is half of what it should be; `integrated_time` has both directions of the lag in
it already.
"""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    n_eff = float(steps * walkers / (2.0 * np.mean(integrated_time(chain))))
    return n_eff, seconds / n_eff
