"""One window serves all chains: each chain has its own time, and then the times are averaged."""


def mean_and_error(chain):
    n, m = chain.shape
    rho = np.mean([autocorrelation(chain[:, k]) for k in range(m)], axis=0)
    taus = 2 * np.cumsum(rho) - 1
    tau = taus[np.argmax(np.arange(n) >= 5 * taus)]
    return float(np.mean(chain)), float(np.std(chain) * np.sqrt(tau / (n * m)))
