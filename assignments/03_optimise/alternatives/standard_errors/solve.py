"""Solved for the unit vectors, with a Jacobian of the gradient."""


def standard_errors(x, y, theta):
    theta = tf.Variable(theta)
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            value = -tf_log_like(x, y, theta)
        slope = inner.gradient(value, theta)
    curvature = outer.jacobian(slope, theta)
    return np.sqrt([np.linalg.solve(curvature, e) @ e for e in np.eye(3)])
