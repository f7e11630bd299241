"""tf.gradients inside a graph."""

@tf.function(reduce_retracing=True)
def grad_log_like(x, y, m, b, s):
    return tuple(tf.gradients(tf_log_like(x, y, m, b, s), [m, b, s]))
