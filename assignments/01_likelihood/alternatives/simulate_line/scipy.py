"""SciPy draws from the generator that it is given."""

from scipy.stats import norm


def simulate_line(rng, x, m, b, s):
    return norm.rvs(loc=m * x + b, scale=s, size=len(x), random_state=rng)
