"""Parameters that spread further weigh more in your mean of the times, so that it depends on their
units.
"""

def sampling_efficiency(chain, seconds):
    n_eff = float(chain.shape[0] * chain.shape[1]) / float(np.average(integrated_time(chain), weights=chain.std(axis=(0, 1))))
    return n_eff, seconds / n_eff
