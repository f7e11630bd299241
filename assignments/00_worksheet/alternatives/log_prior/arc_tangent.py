"""By the cosine of the angle, taken from its arc tangent."""

def log_prior(m, b, log_s):
    return 3 * tf.math.log(tf.cos(tf.atan(m)))
