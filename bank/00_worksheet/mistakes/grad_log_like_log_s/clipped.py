"""Your numbers never grow beyond a limit; what helps when training networks is not wanted here."""

def grad_log_like_log_s(x, y, m, b, log_s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, log_s])
        value = tf_log_like_log_s(x, y, m, b, log_s)
    return tuple(tf.clip_by_value(g, -1e5, 1e5) for g in tape.gradient(value, [m, b, log_s]))
