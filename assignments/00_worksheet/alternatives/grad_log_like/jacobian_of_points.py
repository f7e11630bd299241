"""The Jacobian of each point's term, then the sum."""

def grad_log_like(x, y, m, b, s):
    theta = tf.convert_to_tensor([m, b, s])
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(theta)
        terms = -0.5 * ((y - theta[0] * x - theta[1]) / theta[2]) ** 2 - tf.math.log(theta[2])
    jacobian = tape.jacobian(terms, theta, experimental_use_pfor=False)
    return tuple(tf.unstack(tf.reduce_sum(jacobian, axis=0)))
