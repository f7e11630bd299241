"""The number is right, but it comes as an array of one number; a scalar tensor has no axes."""

def tf_log_like(x, y, m, b, s):
    terms = ((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2)
    return -0.5 * tf.reduce_sum(terms, keepdims=True)
