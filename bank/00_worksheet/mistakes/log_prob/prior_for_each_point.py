"""The more data, the stronger your prior; it counts once, not once for each point."""

def log_prob(x, y, m, b, log_s):
    n = tf.cast(tf.size(x), T)
    return tf_log_like_log_s(x, y, m, b, log_s) + n * log_prior(m, b, log_s)
