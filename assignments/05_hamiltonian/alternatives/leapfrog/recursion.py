"""One step, and the rest by itself; the gradient is handed on."""


def leapfrog(gradient, q, p, step, n, variance, slope=None):
    slope = gradient(q) if slope is None else slope
    if n == 0:
        return q, p
    half = p + slope * step / 2
    q = q + half * variance * step
    slope = gradient(q)
    return leapfrog(gradient, q, half + slope * step / 2, step, n - 1, variance, slope)
