"""The probability itself, of an exponent that is never positive; <= for <."""


def hmc_step(value_and_gradient, q, p, u, step, n, variance):
    log_prob = value_and_gradient(q)[0]
    end, momentum = leapfrog(lambda z: value_and_gradient(z)[1], q, p, step, n, variance)
    end_log_prob = value_and_gradient(end)[0]
    gain = end_log_prob - log_prob + 0.5 * np.sum(variance * (p - momentum) * (p + momentum))
    if u <= np.exp(min(0.0, gain)) and not np.isnan(gain) and gain > -np.inf:
        return end, end_log_prob, True
    return q.copy(), log_prob, False
