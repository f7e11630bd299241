"""The exponential as a power of e."""

def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x, y, m, b, tf.pow(tf.constant(np.e, tf.float64), log_s))
