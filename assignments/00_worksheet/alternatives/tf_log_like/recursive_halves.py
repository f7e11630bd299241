"""Two halves of the data, and so on down to one point."""

def tf_log_like(x, y, m, b, s):
    n = int(x.shape[0])
    if n == 0:
        return tf.zeros([], T)
    if n == 1:
        return -0.5 * ((y[0] - m * x[0] - b) / s) ** 2 - 0.5 * tf.math.log(2 * np.pi * s * s)
    h = n // 2
    return tf_log_like(x[:h], y[:h], m, b, s) + tf_log_like(x[h:], y[h:], m, b, s)
