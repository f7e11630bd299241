"""Written out by the precision exp(-2 log s)."""

def tf_log_like_log_s(x, y, m, b, log_s):
    n = tf.cast(tf.size(x), tf.float64)
    chi2 = tf.reduce_sum((y - m * x - b) ** 2) * tf.exp(-2.0 * log_s)
    return -0.5 * chi2 - n * log_s - 0.5 * n * np.log(2 * np.pi)
