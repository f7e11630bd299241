"""The third number is off by s squared; you divide by ds/dlog s where the chain rule multiplies."""

def grad_log_like_log_s(x, y, m, b, log_s):
    s = tf.exp(log_s)
    by_m, by_b, by_s = grad_log_like(x, y, m, b, s)
    return by_m, by_b, by_s / s
