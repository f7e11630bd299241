"""The sampler of 2018, and a U-turn seen at one end: each looks right in a quick try."""
# %% hmc_step
def hmc_step(value_and_gradient, q, p, u, step, n, variance):
    height = value_and_gradient(q)[0]
    new_q, new_p = leapfrog(lambda place: value_and_gradient(place)[1], q, p, step, n, variance)
    gain = value_and_gradient(new_q)[0] - height - 0.5 * np.sum(variance * (new_p**2 - p**2))
    if np.log(u) < gain:
        return new_q, height, True
    return q, height, False

# %% is_u_turn
def is_u_turn(q_first, p_first, q_last, p_last):
    return bool((q_last - q_first) @ p_last < 0)
