"""You wrote it out again, and off by the same amount per point; is 2π in it?"""

def tf_log_like_log_s(x, y, m, b, log_s):
    z = (y - m * x - b) * tf.exp(-log_s)
    return -tf.reduce_sum(0.5 * z**2 + log_s)
