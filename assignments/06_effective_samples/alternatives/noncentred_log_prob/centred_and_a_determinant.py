"""The data's term by θ, and the prior of τ by way of its reciprocal."""


def noncentred_log_prob(y, sigma, mu, log_tau, z):
    theta = mu + z * tf.math.exp(log_tau)
    data = tf.math.squared_difference(y, theta) / tf.square(sigma)
    both = tf.nn.softplus(2 * (log_tau - np.log(5.0)))
    return log_tau - both - tf.reduce_sum(0.5 * data) - 0.5 * (mu / 5) ** 2 - tf.nn.l2_loss(z)
