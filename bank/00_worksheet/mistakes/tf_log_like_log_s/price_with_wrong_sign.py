"""A large s is rewarded instead of paid for; look at the sign of log s."""

def tf_log_like_log_s(x, y, m, b, log_s):
    z = (y - m * x - b) * tf.exp(-log_s)
    return -tf.reduce_sum(0.5 * z**2 + 0.5 * np.log(2 * np.pi) - log_s)
