"""By way of the hyperbolic functions."""

def log_prior(m, b, log_s):
    return -3 * tf.math.log(tf.cosh(tf.asinh(m)))
