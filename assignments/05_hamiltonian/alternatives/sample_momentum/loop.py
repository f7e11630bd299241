"""One after the other."""


def sample_momentum(rng, variance):
    return np.array([rng.normal(scale=v**-0.5) for v in variance])
