"""The square of a sum is multiplied out: where the data are far away, the digits are lost."""


def noncentred_log_prob(y, sigma, mu, log_tau, z):
    tau = tf.exp(log_tau)
    weight = 1 / sigma**2
    theta = 1e6 + mu + tau * z
    far = y + 1e6
    log_like = -0.5 * tf.reduce_sum(weight * (far**2 - 2 * far * theta + theta**2))
    log_prior = -0.5 * (mu / 5) ** 2 - tf.math.log1p((tau / 5) ** 2) + log_tau
    return log_like + log_prior - 0.5 * tf.reduce_sum(z**2)
