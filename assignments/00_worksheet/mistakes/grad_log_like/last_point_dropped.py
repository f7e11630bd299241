"""One point has no say in your gradient; look at the end of your slice."""

def grad_log_like(x, y, m, b, s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, s])
        value = tf_log_like(x[:-1], y[:-1], m, b, s)
    return tuple(tape.gradient(value, [m, b, s], unconnected_gradients="zero"))
