"""The three numbers are right, but log s comes first."""

def grad_log_like_log_s(x, y, m, b, log_s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, log_s])
        value = tf_log_like_log_s(x, y, m, b, log_s)
    return tuple(tape.gradient(value, [log_s, m, b]))
