"""With more than four chains, only the first four say what τ is: the mean is over all of them."""


def mean_and_error(chain):
    n, m = chain.shape
    tau = np.mean([integrated_time(chain[:, k]) for k in range(min(m, 4))])
    return float(np.mean(chain)), float(np.std(chain) * np.sqrt(tau / (n * m)))
