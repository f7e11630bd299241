"""Your three numbers always have length one; the direction is right, and the steepness is lost."""

def grad_log_like(x, y, m, b, s):
    with tf.GradientTape() as tape:
        tape.watch([m, b, s])
        value = tf_log_like(x, y, m, b, s)
    gradient = tape.gradient(value, [m, b, s])
    return tuple(derivative / tf.linalg.global_norm(gradient) for derivative in gradient)
