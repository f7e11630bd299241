"""Your prior changes a little with log s; even a very broad Gaussian is not flat."""

def log_prior(m, b, log_s):
    return -1.5 * tf.math.log(1.0 + m**2) - 0.5 * (log_s / 10.0) ** 2
