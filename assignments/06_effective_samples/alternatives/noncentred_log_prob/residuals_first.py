"""One sum over the schools, and 25 + τ² in the prior."""


def noncentred_log_prob(y, sigma, mu, log_tau, z):
    tau = tf.exp(log_tau)
    residual = (y - mu - tau * z) / sigma
    schools = tf.reduce_sum(residual**2 + z**2)
    return log_tau - tf.math.log(25 + tau**2) - 0.5 * (mu**2 / 25 + schools)
