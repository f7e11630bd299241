"""By log1p."""

def log_prior(m, b, log_s):
    return -1.5 * tf.math.log1p(tf.square(m))
