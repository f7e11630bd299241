"""The more data, the weaker your prior; it counts once, whatever the number of points."""

def log_prob(x, y, m, b, log_s):
    n = tf.cast(tf.size(x), T)
    return tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s) / n
