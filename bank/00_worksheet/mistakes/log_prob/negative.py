"""The more probable a line, the lower your value; the minus for an optimiser does not belong
here.
"""

def log_prob(x, y, m, b, log_s):
    return -(tf_log_like_log_s(x, y, m, b, log_s) + log_prior(m, b, log_s))
