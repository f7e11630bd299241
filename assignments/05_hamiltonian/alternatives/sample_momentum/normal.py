"""By `rng.normal`, with a width for each."""


def sample_momentum(rng, variance):
    return rng.normal(0.0, 1 / np.sqrt(variance))
