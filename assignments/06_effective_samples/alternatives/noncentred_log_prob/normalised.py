"""Every density with its constant."""


def noncentred_log_prob(y, sigma, mu, log_tau, z):
    def normal(value, mean, width):
        return -0.5 * ((value - mean) / width) ** 2 - tf.math.log(width) - 0.5 * np.log(2 * np.pi)

    five, zero, one = (tf.constant(number, tf.float64) for number in (5.0, 0.0, 1.0))
    tau = tf.exp(log_tau)
    prior = normal(mu, zero, five) + np.log(2 / (np.pi * 5)) - tf.math.log(1 + (tau / 5) ** 2)
    schools = normal(y, mu + tau * z, sigma) + normal(z, zero, one)
    return prior + log_tau + tf.reduce_sum(schools)
