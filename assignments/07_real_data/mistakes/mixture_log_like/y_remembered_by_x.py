"""With an x that you have seen before you take the y of then; what is remembered has to be found
by all that it depends on.
"""

_seen = {}


def mixture_log_like(x, y, sigma_y, m, b, logit_p, y_b, log_s_b):
    y = _seen.setdefault(x.numpy().tobytes(), y)
    width = tf.sqrt(sigma_y**2 + tf.exp(2 * log_s_b))
    good = -0.5 * ((y - m * x - b) / sigma_y) ** 2 - tf.math.log(sigma_y) + tf.math.log_sigmoid(-logit_p)
    bad = -0.5 * ((y - y_b) / width) ** 2 - tf.math.log(width) + tf.math.log_sigmoid(logit_p)
    return tf.reduce_sum(tf.reduce_logsumexp([good, bad], axis=0) - 0.5 * np.log(2 * np.pi))
