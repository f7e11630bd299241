"""Where one point is on the line you return nan, and else you are right; there is a division by a
residual.
"""

def grad_log_like(x, y, m, b, s):
    r = y - m * x - b
    terms = (r / s) ** 2
    by_r = 2 * terms / r
    return (
        0.5 * tf.reduce_sum(by_r * x),
        0.5 * tf.reduce_sum(by_r),
        tf.reduce_sum(terms / s - 1 / s),
    )
