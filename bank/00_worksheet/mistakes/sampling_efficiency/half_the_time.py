"""Your chains forget twice as fast as they should; the sum over lags goes both ways."""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    one_sided = 0.5 * (integrated_time(chain) + 1.0)
    n_eff = float(steps * walkers / np.mean(one_sided))
    return n_eff, seconds / n_eff
