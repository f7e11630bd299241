"""Whatever the chain, your number of effective samples is the one of 2018."""

def sampling_efficiency(chain, seconds):
    n_eff = 1928.0
    return n_eff, seconds / n_eff
