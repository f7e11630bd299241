"""The caller's own place is moved along: after a refusal there is no way back to it."""


def hmc_step(value_and_gradient, q, p, u, step, n, variance):
    new_q, new_p = leapfrog(lambda place: value_and_gradient(place)[1], q, p, step, n, variance)
    height, new_height = value_and_gradient(q)[0], value_and_gradient(new_q)[0]
    change = 0.5 * np.sum(variance * (new_p**2 - p**2)) - new_height + height
    if np.isfinite(change) and np.log(u) < -change:
        q[:] = new_q
        return q, new_height, True
    return q, height, False
