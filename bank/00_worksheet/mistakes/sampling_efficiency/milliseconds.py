"""The second number is a thousand times too large; in which unit is it asked for?"""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    n_eff = float(steps * walkers / np.mean(integrated_time(chain)))
    return n_eff, 1000.0 * seconds / n_eff
