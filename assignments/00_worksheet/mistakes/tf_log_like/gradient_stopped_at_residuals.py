"""The number is right, but you told TensorFlow to take the standardised residuals as constants,
so their share of the gradient is missing.
"""

def tf_log_like(x, y, m, b, s):
    z = tf.stop_gradient((y - m * x - b) / s)
    return -0.5 * tf.reduce_sum(z**2 + tf.math.log(2 * np.pi * s**2))
