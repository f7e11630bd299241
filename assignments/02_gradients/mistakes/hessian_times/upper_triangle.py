"""What stands below the diagonal of the Hessian is missing."""


def hessian_times(x, y, theta, v):
    with tf.GradientTape() as outer:
        outer.watch(theta)
        with tf.GradientTape() as inner:
            inner.watch(theta)
            z = (y - theta[0] * x - theta[1]) / tf.exp(theta[2])
            value = tf.reduce_sum(-0.5 * z**2 - theta[2])
        gradient = inner.gradient(value, theta)
    matrix = outer.jacobian(gradient, theta)
    return tf.linalg.matvec(tf.linalg.band_part(matrix, 0, -1), v)
