"""Your prior changes a little with b; even a very broad Gaussian is not flat."""

def log_prior(m, b, log_s):
    return -1.5 * tf.math.log(1.0 + m**2) - 0.5 * (b / 100.0) ** 2
