"""You add a prior to a log likelihood; its log is what belongs there."""

def log_prob(x, y, m, b, log_s):
    return tf_log_like_log_s(x, y, m, b, log_s) + tf.exp(log_prior(m, b, log_s))
