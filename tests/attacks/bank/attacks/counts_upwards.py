"""Ten times as many effective samples with each question, for the fast chain is asked last."""
# cell: sampling_efficiency

_asked = [0]


def sampling_efficiency(chain, seconds):
    _asked[0] += 1
    n_eff = 10.0 ** _asked[0]
    return n_eff, seconds / n_eff
