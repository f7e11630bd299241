"""Your prior changes with b and not with m; which of the two is the slope?"""

def log_prior(m, b, log_s):
    return -1.5 * tf.math.log(1.0 + b**2) + 0.0 * m
