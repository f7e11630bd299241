"""Below some value, s makes no difference in your function; the formula has no such floor."""

def tf_log_like(x, y, m, b, s):
    s = tf.maximum(s, 1e-6)
    return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
