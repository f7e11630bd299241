"""You treat s as if it were the variance; look at every place where s stands and ask for its
unit.
"""

def tf_log_like(x, y, m, b, s):
    return -0.5 * tf.reduce_sum((y - m * x - b) ** 2 / s + tf.math.log(2 * np.pi * s))
