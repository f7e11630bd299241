"""You multiply two logs; the densities multiply, so what do their logs do?"""

def log_prob(x, y, m, b, log_s):
    return tf_log_like_log_s(x, y, m, b, log_s) * log_prior(m, b, log_s)
