"""The derivative by log s is None; s was made from it before the tape began to record."""

def grad_log_like_log_s(x, y, m, b, log_s):
    s = tf.exp(log_s)
    with tf.GradientTape() as tape:
        tape.watch([m, b, s, log_s])
        value = tf_log_like(x, y, m, b, s)
    return tuple(tape.gradient(value, [m, b, log_s]))
