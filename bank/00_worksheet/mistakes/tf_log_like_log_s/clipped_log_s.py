"""Beyond some value, log s makes no difference in your function; every real number is allowed."""

def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x, y, m, b, tf.exp(tf.clip_by_value(log_s, -10.0, 10.0)))
