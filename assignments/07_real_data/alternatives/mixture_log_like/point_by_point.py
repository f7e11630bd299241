"""A loop over the points."""


def mixture_log_like(x, y, sigma_y, m, b, logit_p, y_b, log_s_b):
    def log_normal(z, variance):
        return -0.5 * (tf.square(z) / variance + tf.math.log(variance)) - 0.5 * np.log(2 * np.pi)

    s_b, total = tf.exp(log_s_b), tf.constant(0.0, tf.float64)
    for one_x, one_y, s in zip(tf.unstack(x), tf.unstack(y), tf.unstack(sigma_y)):
        good = log_normal(one_y - (m * one_x + b), s * s) + tf.math.log_sigmoid(-logit_p)
        bad = log_normal(one_y - y_b, s * s + s_b * s_b) + tf.math.log_sigmoid(logit_p)
        total += tf.reduce_logsumexp([good, bad])
    return total
