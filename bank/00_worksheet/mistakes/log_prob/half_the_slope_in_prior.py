"""The likelihood and the prior are asked about two different slopes."""

def log_prob(x, y, m, b, log_s):
    return tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m / 2, b, log_s)
