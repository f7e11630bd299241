"""A list of NumPy floats where the signature says floats."""

def sampling_efficiency(chain, seconds):
    chain = np.ascontiguousarray(chain)
    n_eff = np.prod(chain.shape[:2]) / integrated_time(chain).mean()
    return [np.float64(n_eff), np.float64(seconds) * (1.0 / n_eff)]
