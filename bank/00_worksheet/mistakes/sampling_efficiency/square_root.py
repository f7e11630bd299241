"""Your count is the root of what it should be; errors shrink like 1/√n, but n itself is asked
for.
"""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    n_eff = float(np.sqrt(steps * walkers / np.mean(integrated_time(chain))))
    return n_eff, seconds / n_eff
