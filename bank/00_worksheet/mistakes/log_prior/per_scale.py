"""Your prior falls with log s; a prior that is constant in log s needs no term for it."""

def log_prior(m, b, log_s):
    return -1.5 * tf.math.log(1.0 + m**2) - log_s
