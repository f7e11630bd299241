"""One point has no say; look at the end of your slice."""

def log_prob(x, y, m, b, log_s):
    return tf_log_like_log_s(x[:-1], y[:-1], m, b, log_s) + log_prior(m, b, log_s)
