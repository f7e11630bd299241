"""More data do not make you more certain; the likelihood is a sum over the points, not their
mean.
"""

def log_prob(x, y, m, b, log_s):
    n = tf.cast(tf.size(x), T)
    return tf_log_like_log_s(x, y, m, b, log_s) / n + log_prior(m, b, log_s)
