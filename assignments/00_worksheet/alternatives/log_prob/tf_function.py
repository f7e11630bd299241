"""Compiled into a graph."""

@tf.function(reduce_retracing=True)
def log_prob(x, y, m, b, log_s):
    return log_prior(m, b, log_s) + tf_log_like_log_s(x, y, m, b, log_s)
