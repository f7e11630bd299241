"""Improbable is not impossible: where the value is very low you return minus infinity."""

def tf_log_like(x, y, m, b, s):
    value = -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
    return tf.where(value < -1e6, tf.constant(-np.inf, T), value)
