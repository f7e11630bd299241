"""You undo a logarithm to base ten; this one is natural."""

def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x, y, m, b, 10.0**log_s)
