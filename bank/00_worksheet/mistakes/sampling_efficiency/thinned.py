"""Your count is too small, since you keep every tenth step; thinning only throws information
away.
"""

def sampling_efficiency(chain, seconds):
    kept = chain[::10]
    n_eff = float(kept.shape[0] * kept.shape[1] / np.mean(integrated_time(kept)))
    return n_eff, seconds / n_eff
