"""The three numbers are right, but s comes first."""

def grad_log_like(x, y, m, b, s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, s])
        value = tf_log_like(x, y, m, b, s)
    return tuple(tape.gradient(value, [s, m, b]))
