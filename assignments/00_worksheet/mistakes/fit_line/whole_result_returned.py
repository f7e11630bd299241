"""What comes back is the optimiser's whole report; the place that it found is one of its
attributes.
"""

def fit_line(x, y, theta0):
    data = tf.constant(x), tf.constant(y)

    def negative_log_like(theta):
        parameters = [tf.constant(value, dtype=T) for value in theta]
        gradient = grad_log_like_log_s(*data, *parameters)
        return -tf_log_like_log_s(*data, *parameters).numpy(), -np.array([g.numpy() for g in gradient])

    return scipy.optimize.minimize(negative_log_like, theta0, jac=True, method="L-BFGS-B")
