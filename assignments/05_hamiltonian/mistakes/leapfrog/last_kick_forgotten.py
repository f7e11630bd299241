"""The places are right, and the last half of a kick is missing: the momentum is from between."""


def leapfrog(gradient, q, p, step, n, variance):
    for k in range(n):
        p = p + (0.5 if k == 0 else 1.0) * step * gradient(q)
        q = q + step * variance * p
    gradient(q)
    return q, p
