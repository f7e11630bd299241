"""Two halves of the data should add up to the whole; yours averages."""

def tf_log_like(x, y, m, b, s):
    return -0.5 * tf.reduce_mean(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
