"""The log of a weight that is zero is minus infinity, and the gradient there is NaN."""


def mixture_log_like(x, y, sigma_y, m, b, logit_p, y_b, log_s_b):
    p = tf.sigmoid(logit_p)
    width = tf.sqrt(sigma_y**2 + tf.exp(2 * log_s_b))
    good = -0.5 * ((y - m * x - b) / sigma_y) ** 2 - tf.math.log(sigma_y) + tf.math.log1p(-p)
    bad = -0.5 * ((y - y_b) / width) ** 2 - tf.math.log(width) + tf.math.log(p)
    higher, lower = tf.maximum(good, bad), tf.minimum(good, bad)
    return tf.reduce_sum(higher + tf.math.log1p(tf.exp(lower - higher)) - 0.5 * np.log(2 * np.pi))
