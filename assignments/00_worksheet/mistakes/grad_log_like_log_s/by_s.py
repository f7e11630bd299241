"""You differentiated by s and called it log s; multiply by ds/dlog s."""

def grad_log_like_log_s(x, y, m, b, log_s):
    return grad_log_like(x, y, m, b, tf.exp(log_s))
