"""A loop inside a graph, with AutoGraph."""

@tf.function(reduce_retracing=True)
def tf_log_like(x, y, m, b, s):
    total = tf.constant(0.0, tf.float64)
    for n in tf.range(tf.shape(x)[0]):
        z = (y[n] - m * x[n] - b) / s
        total += -0.5 * z * z - tf.math.log(s) - 0.5 * np.log(2 * np.pi)
    return total
