"""The search stops at a bound that you set; other data have steeper lines, or another scatter."""

def fit_line(x, y, theta0):
    data = tf.constant(x, dtype=T), tf.constant(y, dtype=T)

    def down(theta):
        p = [tf.constant(v, dtype=T) for v in theta]
        return -tf_log_like_log_s(*data, *p).numpy(), -np.array([g.numpy() for g in grad_log_like_log_s(*data, *p)])

    return scipy.optimize.minimize(down, theta0, jac=True, method="L-BFGS-B", bounds=[(-5, 5), (-5, 5), (-5, 2)]).x
