"""Copies that are changed in place, and velocities instead of momenta on the way."""


def leapfrog(gradient, q, p, step, n, variance):
    q, velocity = np.array(q, dtype=float), variance * p
    push = variance * gradient(q)
    for _ in range(n):
        velocity += 0.5 * step * push
        q += step * velocity
        push = variance * gradient(q)
        velocity += 0.5 * step * push
    return q, velocity / variance
