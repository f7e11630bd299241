"""Points above and below the line cancel in your misfit; square first."""

def tf_log_like(x, y, m, b, s):
    n = tf.cast(tf.size(x), T)
    chi2 = tf.reduce_sum((y - m * x - b) / s) ** 2
    return -0.5 * (chi2 + n * tf.math.log(2 * np.pi * s**2))
