"""The sign of the draws is lost before their times are estimated, which matters where zero lies
among them.
"""

def sampling_efficiency(chain, seconds):
    n_eff = float(chain.shape[0] * chain.shape[1]) / float(np.mean(integrated_time(np.abs(chain))))
    return n_eff, seconds / n_eff
