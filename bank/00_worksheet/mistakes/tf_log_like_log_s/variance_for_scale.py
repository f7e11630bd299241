"""You hand on the variance where s is expected; is there a 2 too many in your exponent?"""

def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x, y, m, b, tf.exp(2.0 * log_s))
