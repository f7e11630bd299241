"""With more than three parameters the wrong ends are let through: every parameter has a part in the
energy.
"""


def hmc_step(value_and_gradient, q, p, u, step, n, variance):
    gradient = lambda place: value_and_gradient(place)[1]
    new_q, new_p = leapfrog(gradient, q, p, step, n, variance)
    height, new_height = value_and_gradient(q)[0], value_and_gradient(new_q)[0]
    before = 0.5 * np.sum((variance * p**2)[:3]) - height
    after = 0.5 * np.sum((variance * new_p**2)[:3]) - new_height
    if np.isfinite(after) and np.log(u) < before - after:
        return new_q, new_height, True
    return q, height, False
