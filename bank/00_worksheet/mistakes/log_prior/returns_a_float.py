"""The number is right, but it is a Python float; with `.numpy()` the tensor's memory is gone."""

def log_prior(m, b, log_s):
    return float((-1.5 * tf.math.log(1.0 + m**2)).numpy())
