"""The seconds lose their fraction before they are divided."""

def sampling_efficiency(chain, seconds):
    n_eff = float(chain.shape[0] * chain.shape[1]) / float(np.mean(integrated_time(chain)))
    return n_eff, int(seconds) / n_eff
