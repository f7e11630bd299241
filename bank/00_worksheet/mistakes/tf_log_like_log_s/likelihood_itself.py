"""Your value is never negative; you return the likelihood, and its log is wanted."""

def tf_log_like_log_s(x, y, m, b, log_s):
    return tf.exp(tf_log_like(x, y, m, b, tf.exp(log_s)))
