"""Four things come back; the value is not part of the gradient."""

def grad_log_like(x, y, m, b, s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, s])
        value = tf_log_like(x, y, m, b, s)
    return (value, *tape.gradient(value, [m, b, s]))
