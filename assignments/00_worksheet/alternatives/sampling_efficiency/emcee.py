"""By emcee's own estimate."""

import emcee


def sampling_efficiency(chain, seconds):
    tau = np.mean(emcee.autocorr.integrated_time(chain, quiet=True))
    n_eff = chain.shape[0] * chain.shape[1] / tau
    return n_eff, seconds / n_eff
