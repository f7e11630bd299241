"""A persistent tape, asked three times."""

def grad_log_like(x, y, m, b, s):
    with tf.GradientTape(persistent=True) as tape:
        for each in (m, b, s):
            tape.watch(each)
        value = tf_log_like(x, y, m, b, s)
    return tape.gradient(value, m), tape.gradient(value, b), tape.gradient(value, s)
