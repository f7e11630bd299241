"""All parameters in one vector, taken apart at the end."""

def grad_log_like(x, y, m, b, s):
    theta = tf.stack([m, b, s])
    with tf.GradientTape() as tape:
        tape.watch(theta)
        value = tf_log_like(x, y, theta[0], theta[1], theta[2])
    return tuple(tf.unstack(tape.gradient(value, theta)))
