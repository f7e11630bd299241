"""The data count half in your posterior; the prior should be added to the whole log likelihood."""

def log_prob(x, y, m, b, log_s):
    return 0.5 * tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s)
