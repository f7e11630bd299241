"""As soon as the points are out of order you are wrong; you sort x and leave y behind."""

def tf_log_like(x, y, m, b, s):
    x = tf.sort(x)
    return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
