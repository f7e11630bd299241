"""You are off by log s; the prior is a density of log s already, so no Jacobian is needed."""

def log_prob(x, y, m, b, log_s):
    return tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s) + log_s
