"""For a time that you have seen before you give the cost of then, whatever the chain; what is
remembered has to be found by all that it depends on.
"""

_seen = {}


def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    n_eff = steps * walkers / np.mean(integrated_time(chain))
    return n_eff, _seen.setdefault((seconds, chain.shape), seconds / n_eff)
