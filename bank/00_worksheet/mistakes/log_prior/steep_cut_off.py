"""Steep lines are improbable, and none is impossible: beyond a slope yours is minus infinity."""

def log_prior(m, b, log_s):
    return tf.where(tf.abs(m) > 20.0, tf.constant(-np.inf, T), -1.5 * tf.math.log(1.0 + m**2))
