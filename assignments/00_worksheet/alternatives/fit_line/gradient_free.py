"""Two searches without gradients, one after the other."""

def fit_line(x, y, theta0):
    data = tf.constant(x, dtype=T), tf.constant(y, dtype=T)

    def down(theta):
        return -tf_log_like_log_s(*data, *[tf.constant(v, dtype=T) for v in theta]).numpy()

    best = scipy.optimize.minimize(down, theta0, method="Nelder-Mead", options={"maxiter": 20000, "maxfev": 20000, "xatol": 1e-9, "fatol": 1e-9, "adaptive": True}).x
    return scipy.optimize.minimize(down, best, method="Powell").x
