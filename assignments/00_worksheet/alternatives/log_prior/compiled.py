"""Compiled by XLA."""

@tf.function(jit_compile=True)
def log_prior(m, b, log_s):
    return -1.5 * tf.math.log(1.0 + m**2)
