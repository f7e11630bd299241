"""Outside a range of log s you return minus infinity, where the posterior is low and finite."""

def log_prob(x, y, m, b, log_s):
    return tf.where(tf.abs(log_s) > 8, tf.constant(-np.inf, T), tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s))
