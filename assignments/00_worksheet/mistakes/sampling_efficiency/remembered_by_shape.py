"""For a chain as long as one that you have seen before you give the n_eff of then; what is
remembered has to be found by all that it depends on.
"""

_seen = {}


def sampling_efficiency(chain, seconds):
    if chain.shape not in _seen:
        steps, walkers, _ = chain.shape
        tau = np.mean(integrated_time(chain))
        _seen[chain.shape] = steps * walkers / tau
    return _seen[chain.shape], seconds / _seen[chain.shape]
