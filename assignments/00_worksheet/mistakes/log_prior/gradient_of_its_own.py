"""Your own gradient is right while nothing multiplies your function, and wrong in `2 * f` or `-f`:
what comes from above has to be multiplied in.
"""

@tf.custom_gradient
def log_prior(m, b, log_s):
    def gradient(above):
        return -3 * m / (1 + m**2), 0 * b, 0 * log_s

    return -1.5 * tf.math.log(1 + m**2), gradient
