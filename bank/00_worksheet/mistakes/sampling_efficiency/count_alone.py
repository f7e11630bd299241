"""One number comes back where a pair is asked for; the price of an effective sample is missing."""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    return float(steps * walkers / np.mean(integrated_time(chain)))
