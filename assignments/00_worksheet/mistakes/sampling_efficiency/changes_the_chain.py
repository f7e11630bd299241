"""Your numbers are right, and the chain that you were given is another one afterwards; work on a
copy.
"""

def sampling_efficiency(chain, seconds):
    chain -= np.mean(chain, axis=(0, 1))
    steps, walkers, _ = chain.shape
    n_eff = steps * walkers / np.mean(integrated_time(chain))
    return n_eff, seconds / n_eff
