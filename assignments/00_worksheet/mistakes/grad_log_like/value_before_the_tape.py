"""The tape returns None; the value was computed before it began to record, and it cannot look
back.
"""

def grad_log_like(x, y, m, b, s):
    value = tf_log_like(x, y, m, b, s)
    with tf.GradientTape() as tape:
        tape.watch([m, b, s])
        value = tf.identity(value)
    return tuple(tape.gradient(value, [m, b, s]))
