"""Your line rises by b and starts at m; check which of the two multiplies x."""

def tf_log_like(x, y, m, b, s):
    return -0.5 * tf.reduce_sum(((y - b * x - m) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
