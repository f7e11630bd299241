"""A list where the signature says tuple."""

def grad_log_like(x, y, m, b, s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, s])
        value = tf_log_like(x, y, m, b, s)
    return tape.gradient(value, [m, b, s])
