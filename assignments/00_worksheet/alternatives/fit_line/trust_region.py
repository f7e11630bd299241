"""A trust region with the second derivatives by hand."""

def fit_line(x, y, theta0):
    data = tf.constant(x, dtype=T), tf.constant(y, dtype=T)

    def down(theta):
        p = [tf.constant(v, dtype=T) for v in theta]
        return -tf_log_like_log_s(*data, *p).numpy(), -np.array([g.numpy() for g in grad_log_like_log_s(*data, *p)])

    def hessian(theta):
        s = np.exp(theta[2])
        r = (y - theta[0] * x - theta[1]) / s
        return np.array([[x @ x / s**2, x.sum() / s**2, 2 * r @ x / s], [x.sum() / s**2, len(x) / s**2, 2 * r.sum() / s], [2 * r @ x / s, 2 * r.sum() / s, 2 * r @ r]])
    return scipy.optimize.minimize(down, theta0, jac=True, hess=hessian, method="trust-exact", options={"maxiter": 5000, "gtol": 1e-8}).x
