"""Where it stops depends on where it started; a fixed number of small steps downhill need not
arrive.
"""

def fit_line(x, y, theta0):
    theta = np.array(theta0, dtype=float)
    for _ in range(30):
        parameters = [tf.constant(value, dtype=T) for value in theta]
        gradient = grad_log_like_log_s(tf.constant(x), tf.constant(y), *parameters)
        theta += 1e-3 * np.clip([g.numpy() for g in gradient], -100, 100)
    return theta
