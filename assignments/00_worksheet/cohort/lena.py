"""A fit that never ends; all else is right."""
# %% fit_line
def fit_line(x, y, theta0):
    theta, last = np.array(theta0), None
    while last is None or np.any(theta != last):  # until nothing changes any more
        last = theta
        gradient = grad_log_like_log_s(
            tf.constant(x, dtype=T), tf.constant(y, dtype=T), *[tf.constant(v, dtype=T) for v in theta]
        )
        theta = theta + 1e-9 * np.array([derivative.numpy() for derivative in gradient])
    return theta
