"""The price of a large s is less than half of what it should be; to which base is your log?"""

def tf_log_like(x, y, m, b, s):
    log10 = tf.math.log(2 * np.pi * s**2) / np.log(10.0)
    return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + log10)
