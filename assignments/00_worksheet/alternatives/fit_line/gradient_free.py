"""Two searches without gradients, one after the other."""

def fit_line(x, y, theta0):
    data = tf.constant(x, dtype=T), tf.constant(y, dtype=T)

    def down(theta):
        p = [tf.constant(v, dtype=T) for v in theta]
        return -tf_log_like_log_s(*data, *p).numpy(), -np.array([g.numpy() for g in grad_log_like_log_s(*data, *p)])

    best = scipy.optimize.minimize(lambda t: down(t)[0], theta0, method="Nelder-Mead", options={"maxiter": 20000, "maxfev": 20000, "xatol": 1e-9, "fatol": 1e-9, "adaptive": True}).x
    return scipy.optimize.minimize(lambda t: down(t)[0], best, method="Powell").x
