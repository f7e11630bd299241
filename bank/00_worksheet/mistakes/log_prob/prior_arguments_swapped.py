"""Your prior falls with b and not with m; compare the order of its arguments."""

def log_prob(x, y, m, b, log_s):
    return tf_log_like_log_s(x, y, m, b, log_s) + log_prior(b, m, log_s)
