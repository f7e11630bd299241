"""A list, with the variance of the mean first worked out."""


def mean_and_error(chain):
    n, m = np.shape(chain)
    total = 0.0
    for k in range(m):
        total = total + integrated_time(np.array(chain[:, k]))
    variance = np.var(chain) * (total / m) / n / m
    return [np.sum(chain) / (n * m), np.sqrt(variance)]
