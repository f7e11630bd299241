"""Your value is never negative; you return the posterior density, and its log is asked for."""

def log_prob(x, y, m, b, log_s):
    return tf.exp(tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s))
