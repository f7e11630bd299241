"""The derivative by s is None; the tape was told to watch the other two only."""

def grad_log_like(x, y, m, b, s):
    with tf.GradientTape() as tape:
        tape.watch([m, b])
        value = tf_log_like(x, y, m, b, s)
    return tuple(tape.gradient(value, [m, b, s]))
