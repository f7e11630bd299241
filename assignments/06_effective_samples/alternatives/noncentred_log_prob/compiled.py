"""As a compiled function, school by school."""


@tf.function
def noncentred_log_prob(y, sigma, mu, log_tau, z):
    total = log_tau - 0.02 * mu**2 - tf.math.log1p(tf.exp(2 * log_tau) / 25)
    total -= 0.5 * tf.tensordot(z, z, 1)
    weighted = (y - (mu + tf.exp(log_tau) * z)) / sigma
    return total - 0.5 * tf.tensordot(weighted, weighted, 1)
