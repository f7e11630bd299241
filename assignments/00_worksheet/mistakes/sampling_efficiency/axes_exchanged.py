"""You take the walkers for the steps; which axis of the chain is time?"""

def sampling_efficiency(chain, seconds):
    z = chain.transpose(1, 0, 2)
    z = z - z.mean(axis=0)
    n = len(z)
    rho = [np.sum(z[: n - t] * z[t:], axis=(0, 1)) / np.sum(z**2, axis=(0, 1)) for t in range(1, n // 2 + 1)] or [0.0]
    n_eff = float(chain.shape[0] * chain.shape[1] / np.abs(np.mean(1.0 + 2.0 * np.sum(rho, axis=0))))
    return n_eff, seconds / n_eff
