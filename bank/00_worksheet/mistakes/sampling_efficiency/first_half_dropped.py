"""Your count is half of what it should be; the burn-in was taken off before the chain was
handed over.
"""

def sampling_efficiency(chain, seconds):
    kept = chain[len(chain) // 2 :]
    n_eff = float(kept.shape[0] * kept.shape[1] / np.mean(integrated_time(kept)))
    return n_eff, seconds / n_eff
