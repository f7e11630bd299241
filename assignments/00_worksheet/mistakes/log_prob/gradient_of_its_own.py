"""Your own gradient is right while nothing multiplies your function, and wrong in `2 * f` or `-f`:
what comes from above has to be multiplied in.
"""

@tf.custom_gradient
def log_prob(x, y, m, b, log_s):
    def gradient(above):
        by_m, by_b, by_log_s = grad_log_like_log_s(x, y, m, b, log_s)
        return None, None, by_m - 3 * m / (1 + m**2), by_b, by_log_s

    return tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s), gradient
