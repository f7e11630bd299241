"""z is taken for a school's effect: this is the centred form."""


def noncentred_log_prob(y, sigma, mu, log_tau, z):
    tau = tf.exp(log_tau)
    log_like = -0.5 * tf.reduce_sum(((y - z) / sigma) ** 2)
    log_prior = -0.5 * (mu / 5) ** 2 - tf.math.log1p((tau / 5) ** 2) + log_tau
    spread = -0.5 * tf.reduce_sum(((z - mu) / tau) ** 2) - log_tau * tf.cast(tf.size(y), tf.float64)
    return log_like + log_prior + spread
