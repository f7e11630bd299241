"""A lambda with other names."""

log_prior = lambda slope, intercept, ln_sigma: tf.multiply(tf.constant(-1.5, tf.float64), tf.math.log(slope * slope + 1))
