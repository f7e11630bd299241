"""M > 5 τ(M), and direct sums of its own."""


def integrated_time(x):
    off = np.asarray(x) - np.mean(x)
    tau = 1.0
    for lag in range(1, len(x)):
        tau += 2 * (off[:-lag] @ off[lag:]) / (off @ off)
        if lag > 5 * tau:
            break
    return float(tau)
