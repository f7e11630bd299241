"""Two numbers come back, the likelihood's and the prior's; one is asked for."""

def log_prob(x, y, m, b, log_s):
    return tf_log_like_log_s(x, y, m, b, log_s), log_prior(m, b, log_s)
