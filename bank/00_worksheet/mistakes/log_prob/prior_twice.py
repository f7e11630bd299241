"""Steep lines are punished twice; the prior counts once."""

def log_prob(x, y, m, b, log_s):
    return tf_log_like_log_s(x, y, m, b, log_s) + 2 * log_prior(m, b, log_s)
