"""You measure how far x is from a line over y; which of the two has the noise?"""

def tf_log_like(x, y, m, b, s):
    return -0.5 * tf.reduce_sum(((x - m * y - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
