"""One point after the other."""


def simulate_line(rng, x, m, b, s):
    return np.array([m * u + b + s * rng.normal() for u in x])
