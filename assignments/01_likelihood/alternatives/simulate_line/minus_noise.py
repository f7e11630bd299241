"""A Gaussian turned round is a Gaussian."""


def simulate_line(rng, x, m, b, s):
    noise = rng.normal(0.0, 1.0, x.shape)
    return b + m * x - s * noise
