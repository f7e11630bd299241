"""A Python loop over the points."""

def tf_log_like(x, y, m, b, s):
    total = tf.constant(0.0, dtype=tf.float64)
    for x_n, y_n in zip(tf.unstack(x), tf.unstack(y)):
        total -= 0.5 * ((y_n - m * x_n - b) / s) ** 2 + tf.math.log(s) + 0.5 * np.log(2 * np.pi)
    return total
