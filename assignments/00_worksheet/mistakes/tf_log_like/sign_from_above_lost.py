"""Your own gradient is right in `f` and in `2 * f`, and has the wrong sign in `-f`: what comes from
above is multiplied in without its sign.
"""

@tf.custom_gradient
def tf_log_like(x, y, m, b, s):
    r = y - m * x - b

    def gradient(above):
        by_m, by_b = tf.reduce_sum(r * x) / s**2, tf.reduce_sum(r) / s**2
        by_s = tf.reduce_sum(r**2 / s**3 - 1 / s)
        return None, None, *(tf.abs(above) * by for by in (by_m, by_b, by_s))

    return -0.5 * tf.reduce_sum((r / s) ** 2 + tf.math.log(2 * np.pi * s**2)), gradient
