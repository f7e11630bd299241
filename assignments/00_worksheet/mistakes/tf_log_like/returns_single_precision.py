"""Your value comes back as float32; a log likelihood needs the digits of float64."""

def tf_log_like(x, y, m, b, s):
    value = -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
    return tf.cast(value, tf.float32)
