"""The square multiplied out into sums over the data."""

def tf_log_like(x, y, m, b, s):
    n = tf.cast(tf.size(x), tf.float64)
    sxx, sxy, syy = tf.reduce_sum(x * x), tf.reduce_sum(x * y), tf.reduce_sum(y * y)
    sx, sy = tf.reduce_sum(x), tf.reduce_sum(y)
    chi2 = syy + m * m * sxx + n * b * b - 2 * m * sxy - 2 * b * sy + 2 * m * b * sx
    return -0.5 * chi2 / s**2 - 0.5 * n * tf.math.log(2 * np.pi * s**2)
