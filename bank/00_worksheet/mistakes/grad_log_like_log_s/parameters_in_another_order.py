"""The three numbers are right, but b comes before m."""

def grad_log_like_log_s(x, y, m, b, log_s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, log_s])
        value = tf_log_like_log_s(x, y, m, b, log_s)
    return tuple(tape.gradient(value, [b, m, log_s]))
