"""The third number vanishes at s = 1; the factor of the chain rule is ds/dlog s, which is not
log s.
"""

def grad_log_like_log_s(x, y, m, b, log_s):
    by_m, by_b, by_s = grad_log_like(x, y, m, b, tf.exp(log_s))
    return by_m, by_b, by_s * log_s
