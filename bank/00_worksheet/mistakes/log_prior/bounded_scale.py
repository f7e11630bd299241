"""Beyond some scale nothing is possible in your prior; log s may be any real number."""

def log_prior(m, b, log_s):
    inside = -1.5 * tf.math.log(1.0 + m**2)
    return tf.where(tf.abs(log_s) < 20.0, inside, tf.constant(-np.inf, dtype=T))
