"""The mean and the width are the generator's arguments."""


def simulate_line(rng, x, m, b, s):
    return rng.normal(m * x + b, s)
