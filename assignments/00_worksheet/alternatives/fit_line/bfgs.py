"""Another quasi-Newton method, and a compiled value and gradient."""

def fit_line(x, y, theta0):
    x, y = tf.constant(x), tf.constant(y)

    @tf.function
    def downhill(theta):
        with tf.GradientTape() as tape:
            tape.watch(theta)
            value = -tf_log_like_log_s(x, y, theta[0], theta[1], theta[2])
        return value, tape.gradient(value, theta)

    def both(theta):
        value, gradient = downhill(tf.constant(theta, dtype=tf.float64))
        return float(value), gradient.numpy()

    return scipy.optimize.minimize(both, theta0, jac=True, method="BFGS").x
