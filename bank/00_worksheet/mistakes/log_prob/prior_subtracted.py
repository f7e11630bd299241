"""Steep lines gain by your prior; logs of densities that multiply are added."""

def log_prob(x, y, m, b, log_s):
    return tf_log_like_log_s(x, y, m, b, log_s) - log_prior(m, b, log_s)
