"""For a chain with one rate of forgetting you are right, and else not; the correlation of
neighbours is not all of it.
"""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    z = chain - chain.mean(axis=(0, 1))
    rho = np.mean(z[1:] * z[:-1], axis=(0, 1)) / np.mean(z**2, axis=(0, 1))
    n_eff = float(steps * walkers / np.mean((1.0 + rho) / (1.0 - rho)))
    return n_eff, seconds / n_eff
