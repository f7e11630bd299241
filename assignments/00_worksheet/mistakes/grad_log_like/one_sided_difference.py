"""You are right to about five digits where the numbers are ordinary; a difference over a finite
step is not yet a derivative.
"""

def grad_log_like(x, y, m, b, s):
    h = 1e-6
    here = tf_log_like(x, y, m, b, s)
    return (
        (tf_log_like(x, y, m + h, b, s) - here) / h,
        (tf_log_like(x, y, m, b + h, s) - here) / h,
        (tf_log_like(x, y, m, b, s + h) - here) / h,
    )
