"""Your count is less than half of what it should be; 1 + 2 Σ is what `integrated_time` has
computed for you.
"""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    n_eff = float(steps * walkers / (1.0 + 2.0 * np.mean(integrated_time(chain))))
    return n_eff, seconds / n_eff
