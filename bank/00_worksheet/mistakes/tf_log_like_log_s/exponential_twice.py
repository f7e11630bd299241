"""The exponential is taken twice; once is enough."""

def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x, y, m, b, tf.exp(tf.exp(log_s)))
