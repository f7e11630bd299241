"""A flight of its own, which keeps the values on the way."""


def hmc_step(value_and_gradient, q, p, u, step, n, variance):
    height, slope = value_and_gradient(q)
    place, momentum, there = q, p, height
    for _ in range(n):
        momentum = momentum + 0.5 * step * slope
        place = place + step * variance * momentum
        there, slope = value_and_gradient(place)
        momentum = momentum + 0.5 * step * slope
    gain = (there - 0.5 * momentum @ (variance * momentum)) - (height - 0.5 * p @ (variance * p))
    moved = bool(np.isfinite(there)) and bool(np.log(u) < gain)
    return (place, there, True) if moved else (q, height, False)
