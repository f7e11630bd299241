"""You are right to eight digits where the numbers are ordinary and far off at the extremes; a
difference over a finite step is not yet a derivative.
"""

def grad_log_like(x, y, m, b, s):
    h = 1e-5
    return (
        (tf_log_like(x, y, m + h, b, s) - tf_log_like(x, y, m - h, b, s)) / (2 * h),
        (tf_log_like(x, y, m, b + h, s) - tf_log_like(x, y, m, b - h, s)) / (2 * h),
        (tf_log_like(x, y, m, b, s + h) - tf_log_like(x, y, m, b, s - h)) / (2 * h),
    )
