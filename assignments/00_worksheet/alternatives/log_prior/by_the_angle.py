"""By the cosine of the line's angle."""

def log_prior(m, b, log_s):
    return -3.0 * tf.math.log(tf.sqrt(1.0 + m**2))
