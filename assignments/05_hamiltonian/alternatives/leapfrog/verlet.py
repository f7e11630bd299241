"""The place by a parabola, the momentum by the mean of two forces (velocity Verlet)."""


def leapfrog(gradient, q, p, step, n, variance):
    old = np.asarray(gradient(q))
    for _ in range(n):
        q = q + step * variance * p + 0.5 * step**2 * variance * old
        new = np.asarray(gradient(q))
        p = p + 0.5 * step * (old + new)
        old = new
    return [q, p]
