"""Two halves of a kick that follow each other are one."""


def leapfrog(gradient, q, p, step, n, variance):
    slope = gradient(q)
    if n > 0:
        p = p + 0.5 * step * slope
    for k in range(n):
        q = q + step * variance * p
        p = p + (step if k < n - 1 else 0.5 * step) * gradient(q)
    return q, p
