"""The steps are shuffled before their times are estimated, and a shuffled chain has forgotten how
it moved.
"""

def sampling_efficiency(chain, seconds):
    n_eff = float(chain.shape[0] * chain.shape[1]) / float(np.mean(integrated_time(np.random.permutation(chain))))
    return n_eff, seconds / n_eff
