"""With the gradient given by hand to TensorFlow."""

@tf.custom_gradient
def _direction(m):
    return -1.5 * tf.math.log1p(m * m), lambda upstream: upstream * (-3.0 * m / (1.0 + m * m))


def log_prior(m, b, log_s):
    return _direction(m)
