"""Steep lines are the most probable ones in your prior; look at the sign of the exponent."""

def log_prior(m, b, log_s):
    return 1.5 * tf.math.log(1.0 + m**2)
