"""Compiled into a graph."""

@tf.function(reduce_retracing=True)
def tf_log_like_log_s(x, y, m, b, log_s):
    return tf_log_like(x, y, m, b, tf.math.exp(log_s))
