"""Compiled, and by the power inside the log."""

@tf.function
def log_prior(m, b, log_s):
    return tf.math.log((1.0 + m**2) ** -0.5) * 3.0
