"""Two derivatives come back where there are three parameters; which one is missing?"""

def grad_log_like(x, y, m, b, s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, s])
        value = tf_log_like(x, y, m, b, s)
    return tuple(tape.gradient(value, [m, b]))
