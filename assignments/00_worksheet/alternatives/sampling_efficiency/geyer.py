"""By Geyer's initial sequence, which sees negative correlations too."""

def sampling_efficiency(chain, seconds):
    n_eff = chain[:, :, 0].size / np.mean(integrated_time(chain, method="geyer"))
    return float(n_eff), float(seconds / n_eff)
