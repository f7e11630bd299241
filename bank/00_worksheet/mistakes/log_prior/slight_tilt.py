"""It is meant to be flat in log s, and is a little tilted."""

def log_prior(m, b, log_s):
    return -1.5 * tf.math.log(1.0 + m**2) + 1e-7 * log_s
