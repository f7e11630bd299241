"""A named tuple, by way of the size of one parameter's draws."""

def sampling_efficiency(chain, seconds):
    from collections import namedtuple
    E = namedtuple('E', 'n_eff seconds_each')
    n = chain[..., 0].size / integrated_time(chain).mean()
    return E(n_eff=n, seconds_each=seconds / n)
