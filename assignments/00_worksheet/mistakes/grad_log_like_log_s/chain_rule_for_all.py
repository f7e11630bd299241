"""All three numbers are multiplied by s; only one of the parameters has changed its name."""

def grad_log_like_log_s(x, y, m, b, log_s):
    s = tf.exp(log_s)
    return tuple(s * each for each in grad_log_like(x, y, m, b, s))
