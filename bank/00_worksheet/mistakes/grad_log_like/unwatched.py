"""The tape returns None; it was never told to watch the tensors that you ask about."""

def grad_log_like(x, y, m, b, s):
    with tf.GradientTape() as tape:
        value = tf_log_like(x, y, m, b, s)
    return tuple(tape.gradient(value, [m, b, s]))
