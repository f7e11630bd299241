"""The noise comes in equal pairs: each point needs a number of its own."""


def simulate_line(rng, x, m, b, s):
    half = rng.standard_normal((len(x) + 1) // 2)
    return m * x + b + s * np.repeat(half, 2)[: len(x)]
