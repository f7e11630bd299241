"""You hand b on where m is expected; compare the order of the arguments."""

def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x, y, b, m, tf.exp(log_s))
