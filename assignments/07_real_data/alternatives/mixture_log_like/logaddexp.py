"""The larger one, and what the smaller adds to it."""


def mixture_log_like(x, y, sigma_y, m, b, logit_p, y_b, log_s_b):
    variance = sigma_y**2 + tf.exp(2 * log_s_b)
    good = -0.5 * (((y - m * x - b) / sigma_y) ** 2 + tf.math.log(2 * np.pi * sigma_y**2))
    bad = -0.5 * ((y - y_b) ** 2 / variance + tf.math.log(2 * np.pi * variance))
    good, bad = good - tf.math.softplus(logit_p), bad - tf.math.softplus(-logit_p)
    return tf.reduce_sum(tf.maximum(good, bad) + tf.math.softplus(-tf.abs(good - bad)))
