"""The number has the right size and the wrong sign; the minus for the optimiser comes later."""

def tf_log_like_log_s(x, y, m, b, log_s):
    return -tf_log_like(x, y, m, b, tf.exp(log_s))
