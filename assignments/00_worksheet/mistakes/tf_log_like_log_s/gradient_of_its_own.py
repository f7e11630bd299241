"""Your own gradient is right while nothing multiplies your function, and wrong in `2 * f` or `-f`:
what comes from above has to be multiplied in.
"""

@tf.custom_gradient
def tf_log_like_log_s(x, y, m, b, log_s):
    z = (y - m * x - b) * tf.exp(-log_s)

    def gradient(above):
        by_m = tf.reduce_sum(z * x) * tf.exp(-log_s)
        return None, None, by_m, tf.reduce_sum(z) * tf.exp(-log_s), tf.reduce_sum(z**2 - 1)

    return tf_log_like(x, y, m, b, tf.exp(log_s)), gradient
