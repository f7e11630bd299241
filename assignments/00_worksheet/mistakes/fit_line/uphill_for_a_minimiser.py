"""It walks away from the best line; `minimize` goes down, and you hand it something to be made
large.
"""

def fit_line(x, y, theta0):
    data = tf.constant(x), tf.constant(y)

    def log_like(theta):
        parameters = [tf.constant(value, dtype=T) for value in theta]
        gradient = grad_log_like_log_s(*data, *parameters)
        return tf_log_like_log_s(*data, *parameters).numpy(), np.array([g.numpy() for g in gradient])

    return scipy.optimize.minimize(log_like, theta0, jac=True, method="L-BFGS-B", options={"maxiter": 20}).x
