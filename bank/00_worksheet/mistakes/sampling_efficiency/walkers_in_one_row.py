"""Your chains seem to forget at once; laid out in one row, each step is followed by another
walker's.
"""

def sampling_efficiency(chain, seconds):
    row = chain.reshape(-1, 1, chain.shape[2])
    n_eff = float(len(row) / np.mean(integrated_time(row)))
    return n_eff, seconds / n_eff
