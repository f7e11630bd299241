"""For a tiny s you are wrong; the small number that you add for safety is not in the formula."""

def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x, y, m, b, tf.exp(log_s) + 1e-8)
