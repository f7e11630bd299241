"""The autocorrelation of each walker by itself, then their mean, and a longer window."""

def sampling_efficiency(chain, seconds):
    steps, walkers, d = chain.shape
    z = chain - chain.mean(axis=0)
    variance = np.mean(z**2, axis=0)
    tau, t = np.ones(d), 1
    running = np.ones(d, dtype=bool)
    while running.any():
        rho = np.mean(np.mean(z[: steps - t] * z[t:], axis=0) / variance, axis=0)
        tau[running] += 2.0 * rho[running]
        running &= t < 7.0 * tau
        t += 1
    n_eff = float(steps * walkers / tau.mean())
    return n_eff, seconds / n_eff
