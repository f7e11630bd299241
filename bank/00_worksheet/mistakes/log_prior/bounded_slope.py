"""Beyond some slope nothing is possible in your prior; the formula has no such wall."""

def log_prior(m, b, log_s):
    inside = -1.5 * tf.math.log(1.0 + m**2)
    return tf.where(tf.abs(m) < 100.0, inside, tf.constant(-np.inf, dtype=T))
