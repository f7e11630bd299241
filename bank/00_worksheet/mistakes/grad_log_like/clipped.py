"""Your numbers never grow beyond a limit; what helps when training networks is not wanted here."""

def grad_log_like(x, y, m, b, s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, s])
        value = tf_log_like(x, y, m, b, s)
    return tuple(tf.clip_by_value(g, -1e4, 1e4) for g in tape.gradient(value, [m, b, s]))
