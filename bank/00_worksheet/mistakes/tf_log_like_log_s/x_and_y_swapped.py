"""You hand y on where x is expected; compare the order of the arguments."""

def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(y, x, m, b, tf.exp(log_s))
