"""Everything is twice as large as it should be; what stands in front of the sum?"""

def tf_log_like(x, y, m, b, s):
    return -tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
