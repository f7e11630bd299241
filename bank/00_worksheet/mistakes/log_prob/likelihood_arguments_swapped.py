"""You hand b to the likelihood where m is expected; compare the order of its arguments."""

def log_prob(x, y, m, b, log_s):
    return tf_log_like_log_s(x, y, b, m, log_s) + log_prior(m, b, log_s)
