"""Far from zero your digits are gone: sums that nearly cancel are taken apart; form each residual
first.
"""

def grad_log_like(x, y, m, b, s):
    n = tf.cast(tf.size(x), T)
    xx, xy, yy = tf.reduce_sum(x * x), tf.reduce_sum(x * y), tf.reduce_sum(y * y)
    sx, sy = tf.reduce_sum(x), tf.reduce_sum(y)
    rr = yy + m * m * xx + n * b * b - 2 * (m * xy + b * sy - m * b * sx)
    return (xy - m * xx - b * sx) / s**2, (sy - m * sx - n * b) / s**2, rr / s**3 - n / s
