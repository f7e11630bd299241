"""You pool all parameters into one number per step before you ask for its time; each parameter
has a time of its own.
"""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    pooled = chain.sum(axis=2, keepdims=True)
    n_eff = float(steps * walkers / integrated_time(pooled)[0])
    return n_eff, seconds / n_eff
