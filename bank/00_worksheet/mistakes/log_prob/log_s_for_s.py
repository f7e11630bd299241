"""You hand log s to a function that expects s; compare the names of the two log likelihoods."""

def log_prob(x, y, m, b, log_s):
    return tf_log_like(x, y, m, b, log_s) + log_prior(m, b, log_s)
