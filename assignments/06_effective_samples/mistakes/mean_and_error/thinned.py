"""It keeps every τ-th draw and calls those independent: the mean is no longer that of all draws."""


def mean_and_error(chain):
    n, m = chain.shape
    tau = np.mean([integrated_time(chain[:, k]) for k in range(m)])
    kept = chain[:: max(int(np.ceil(tau)), 1)]
    return float(np.mean(kept)), float(np.std(kept) / np.sqrt(kept.size))
