"""Steep lines are too probable by a third power; read the exponent again."""

def log_prior(m, b, log_s):
    return -0.5 * tf.math.log(1.0 + m**2)
