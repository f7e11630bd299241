"""Forward mode, one parameter after the other."""

def grad_log_like_log_s(x, y, m, b, log_s):
    theta, derivatives = (m, b, log_s), []
    for unit in np.eye(3):
        with tf.autodiff.ForwardAccumulator(theta, tuple(tf.constant(u) for u in unit)) as accumulator:
            value = tf_log_like_log_s(x, y, *theta)
        derivatives.append(accumulator.jvp(value))
    return derivatives
