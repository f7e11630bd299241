"""Squares are multiplied out before they are added up: large numbers cancel, and digits are lost."""


def mixture_log_like(x, y, sigma_y, m, b, logit_p, y_b, log_s_b):
    v, w = sigma_y**2, sigma_y**2 + tf.exp(2 * log_s_b)
    line = m * x + b
    good = -0.5 * (y**2 / v - 2 * y * line / v + line**2 / v) - 0.5 * tf.math.log(v)
    bad = -0.5 * (y**2 / w - 2 * y * y_b / w + y_b**2 / w) - 0.5 * tf.math.log(w)
    both = tf.stack([good + tf.math.log_sigmoid(-logit_p), bad + tf.math.log_sigmoid(logit_p)])
    return tf.reduce_sum(tf.reduce_logsumexp(both, axis=0) - 0.5 * np.log(2 * np.pi))
