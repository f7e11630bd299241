"""The largest term is taken out by hand."""


def mixture_log_like(x, y, sigma_y, m, b, logit_p, y_b, log_s_b):
    width = tf.sqrt(sigma_y**2 + tf.exp(2 * log_s_b))
    good = -((y - b - m * x) ** 2) / (2 * sigma_y**2) - tf.math.log(sigma_y) - tf.nn.softplus(logit_p)
    bad = -((y - y_b) ** 2) / (2 * width**2) - tf.math.log(width) - tf.nn.softplus(-logit_p)
    top = tf.stop_gradient(tf.maximum(good, bad))
    n = tf.cast(tf.shape(x)[0], tf.float64)
    total = tf.reduce_sum(top + tf.math.log(tf.exp(good - top) + tf.exp(bad - top)))
    return total - n * 0.5 * np.log(2 * np.pi)
