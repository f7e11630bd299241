"""The slower the chain, the more it is worth to you; τ draws make one effective one, so which
way does it enter?
"""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    n_eff = float(steps * walkers * np.mean(integrated_time(chain)))
    return n_eff, seconds / n_eff
