"""A power in place of a root, and a size in place of a length."""


def sample_momentum(rng, variance):
    return variance**-0.5 * rng.standard_normal(size=variance.shape)
