"""A tensor without axes."""


def log_like_from_summary(summary, m, b, s):
    n, mean_x, mean_y, sxx, sxy, syy = tf.unstack(tf.constant(summary))
    squares = syy - 2 * m * sxy + m**2 * sxx + n * (mean_y - m * mean_x - b) ** 2
    return -0.5 * squares / s**2 - n * (np.log(s) + 0.5 * np.log(2 * np.pi))
