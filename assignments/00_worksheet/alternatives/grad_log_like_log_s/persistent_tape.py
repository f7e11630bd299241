"""A persistent tape, asked three times."""

def grad_log_like_log_s(x, y, m, b, log_s):
    with tf.GradientTape(persistent=True, watch_accessed_variables=False) as tape:
        tape.watch((m, b, log_s))
        value = tf_log_like_log_s(x, y, m, b, log_s)
    return tuple(tape.gradient(value, each) for each in (m, b, log_s))
