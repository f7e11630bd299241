"""Your prior rises with log s, as if s itself were uniform; here log s is."""

def log_prior(m, b, log_s):
    return -1.5 * tf.math.log(1.0 + m**2) + log_s
