"""A multivariate normal with a diagonal covariance."""


def sample_momentum(rng, variance):
    covariance = np.diag(1 / variance)
    return rng.multivariate_normal(np.zeros(len(variance)), covariance, method="cholesky")
