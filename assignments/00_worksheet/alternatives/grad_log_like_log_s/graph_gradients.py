"""tf.gradients inside a graph."""

@tf.function(reduce_retracing=True)
def grad_log_like_log_s(x, y, m, b, log_s):
    return tf.gradients(tf_log_like_log_s(x, y, m, b, log_s), [m, b, log_s])
