"""Value and gradient by separate functions."""

def fit_line(x, y, theta0):
    x, y = tf.constant(x, dtype=tf.float64), tf.constant(y, dtype=tf.float64)

    def value(theta):
        return -tf_log_like_log_s(x, y, *tf.unstack(tf.constant(theta, dtype=tf.float64))).numpy()

    def gradient(theta):
        return [-float(g) for g in grad_log_like_log_s(x, y, *tf.unstack(tf.constant(theta, dtype=tf.float64)))]

    return scipy.optimize.minimize(value, np.asarray(theta0), jac=gradient, method="L-BFGS-B", tol=1e-12).x
