"""Your value comes back as float32; the rest of the worksheet computes in float64."""

def log_prior(m, b, log_s):
    return tf.cast(-1.5 * tf.math.log(1.0 + m**2), tf.float32)
