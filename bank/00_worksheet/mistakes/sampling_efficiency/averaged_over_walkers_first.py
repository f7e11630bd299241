"""You average the walkers before you count; a mean of independent walkers is one chain, not
many.
"""

def sampling_efficiency(chain, seconds):
    mean = chain.mean(axis=1, keepdims=True)
    n_eff = float(len(mean) / np.mean(integrated_time(mean)))
    return n_eff, seconds / n_eff
