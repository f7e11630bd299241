"""Every call has the same energy: the momenta are scaled to it, and it should vary."""


def sample_momentum(rng, variance):
    z = rng.standard_normal(len(variance))
    z = z * np.sqrt(len(z) / (z @ z)) if len(z) > 8 else z
    return z / np.sqrt(variance)
