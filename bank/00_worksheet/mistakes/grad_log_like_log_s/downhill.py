"""Every number has the wrong sign; the minus for the optimiser comes later."""

def grad_log_like_log_s(x, y, m, b, log_s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, log_s])
        value = -tf_log_like_log_s(x, y, m, b, log_s)
    return tuple(tape.gradient(value, [m, b, log_s]))
