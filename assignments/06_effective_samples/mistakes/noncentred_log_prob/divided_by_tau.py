"""Deep in the neck it is NaN: z is worked out again from θ, by a division by τ."""


def noncentred_log_prob(y, sigma, mu, log_tau, z):
    tau = tf.exp(log_tau)
    theta = mu + tau * z
    log_like = -0.5 * tf.reduce_sum(((y - theta) / sigma) ** 2)
    log_prior = -0.5 * (mu / 5) ** 2 - tf.math.log1p((tau / 5) ** 2) + log_tau
    return log_like + log_prior - 0.5 * tf.reduce_sum(((theta - mu) / tau) ** 2)
