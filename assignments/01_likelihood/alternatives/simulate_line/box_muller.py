"""Two uniform numbers make a Gaussian one (Box and Muller 1958)."""


def simulate_line(rng, x, m, b, s):
    radius = np.sqrt(-2 * np.log1p(-rng.uniform(size=len(x))))
    return m * x + b + s * radius * np.cos(2 * np.pi * rng.uniform(size=len(x)))
