"""You are off by a constant factor; read the exponent again, half and all."""

def log_prior(m, b, log_s):
    return -3.0 * tf.math.log(1.0 + m**2)
