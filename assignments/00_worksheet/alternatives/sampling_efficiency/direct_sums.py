"""Sokal's window over sums that are written out."""

def sampling_efficiency(chain, seconds):
    steps, walkers, d = chain.shape
    taus = []
    for k in range(d):
        c = chain[:, :, k] - chain[:, :, k].mean(axis=0)
        def rho(t):
            return np.mean(np.sum(c[: steps - t] * c[t:], axis=0) / np.sum(c * c, axis=0))
        tau, t = 1.0, 0
        while t < 5 * tau and t < steps - 1:
            t += 1
            tau += 2 * rho(t)
        taus.append(tau)
    n_eff = steps * walkers / np.mean(taus)
    return float(n_eff), float(seconds / n_eff)
