"""Your own gradient is right while nothing multiplies your function, and wrong in `2 * f` or `-f`:
what comes from above has to be multiplied in.
"""

@tf.custom_gradient
def tf_log_like(x, y, m, b, s):
    r = y - m * x - b

    def gradient(above):
        return None, None, tf.reduce_sum(r * x) / s**2, tf.reduce_sum(r) / s**2, (
            tf.reduce_sum(r**2 / s**3 - 1 / s)
        )

    return -0.5 * tf.reduce_sum((r / s) ** 2 + tf.math.log(2 * np.pi * s**2)), gradient
