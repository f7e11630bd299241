"""You read the argument as the log of the variance; it is the log of s itself."""

def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x, y, m, b, tf.exp(0.5 * log_s))
