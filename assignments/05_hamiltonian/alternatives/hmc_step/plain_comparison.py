"""Without a test of its own for NaN and infinity: no comparison with them is true."""


def hmc_step(value_and_gradient, q, p, u, step, n, variance):
    log_prob = value_and_gradient(q)[0]
    end, momentum = leapfrog(lambda z: value_and_gradient(z)[1], q, p, step, n, variance)
    end_log_prob = value_and_gradient(end)[0]
    gain = 0.5 * (variance @ p**2 - variance @ momentum**2) + end_log_prob - log_prob
    if gain > np.log(u):
        return (end, end_log_prob, True)
    return (q, log_prob, False)
