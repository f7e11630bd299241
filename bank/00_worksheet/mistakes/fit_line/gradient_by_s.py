"""It stops before it is there; the third derivative is by s, and the third parameter is log s."""

def fit_line(x, y, theta0):
    data = tf.constant(x), tf.constant(y)

    def negative_log_like(theta):
        m, b, log_s = [tf.constant(value, dtype=T) for value in theta]
        gradient = grad_log_like(*data, m, b, tf.exp(log_s))
        return -tf_log_like_log_s(*data, m, b, log_s).numpy(), -np.array([g.numpy() for g in gradient])

    return scipy.optimize.minimize(negative_log_like, theta0, jac=True, method="L-BFGS-B").x
