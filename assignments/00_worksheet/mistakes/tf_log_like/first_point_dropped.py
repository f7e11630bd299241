"""One point has no say; where does your range of indices begin?"""

def tf_log_like(x, y, m, b, s):
    residuals = y[1:] - m * x[1:] - b
    return -0.5 * tf.reduce_sum((residuals / s) ** 2 + tf.math.log(2 * np.pi * s**2))
