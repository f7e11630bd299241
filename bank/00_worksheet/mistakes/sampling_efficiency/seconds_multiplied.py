"""The second number grows with the effective samples; the more of them, the cheaper each."""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    n_eff = float(steps * walkers / np.mean(integrated_time(chain)))
    return n_eff, seconds * n_eff
