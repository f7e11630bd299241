"""The misfit of each point is too small or too large by a power of s; what is one over s
squared in terms of log s?
"""

def tf_log_like_log_s(x, y, m, b, log_s):
    r = y - m * x - b
    return -tf.reduce_sum(0.5 * r**2 * tf.exp(-log_s) + log_s + 0.5 * np.log(2 * np.pi))
