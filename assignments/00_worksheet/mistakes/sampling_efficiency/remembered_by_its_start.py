"""For a chain that starts like one that you have seen before you give the n_eff of then; what is
remembered has to be found by all that it depends on.
"""

_seen = {}


def sampling_efficiency(chain, seconds):
    key = chain.shape, chain[:10].tobytes()
    if key not in _seen:
        steps, walkers, _ = chain.shape
        _seen[key] = steps * walkers / np.mean(integrated_time(chain))
    return _seen[key], seconds / _seen[key]
