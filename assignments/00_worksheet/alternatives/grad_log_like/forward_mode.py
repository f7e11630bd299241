"""Forward mode, one parameter after the other."""

def grad_log_like(x, y, m, b, s):
    theta = [m, b, s]
    derivatives = []
    for k in range(3):
        direction = [tf.constant(float(j == k), tf.float64) for j in range(3)]
        with tf.autodiff.ForwardAccumulator(theta, direction) as accumulator:
            value = tf_log_like(x, y, *theta)
        derivatives.append(accumulator.jvp(value))
    return tuple(derivatives)
