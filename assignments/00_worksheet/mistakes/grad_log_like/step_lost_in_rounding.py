"""Only a few digits are right and they change from input to input; your difference is smaller
than what float64 can tell apart.
"""

def grad_log_like(x, y, m, b, s):
    h = 1e-12
    here = tf_log_like(x, y, m, b, s)
    return (
        (tf_log_like(x, y, m + h, b, s) - here) / h,
        (tf_log_like(x, y, m, b + h, s) - here) / h,
        (tf_log_like(x, y, m, b, s + h) - here) / h,
    )
