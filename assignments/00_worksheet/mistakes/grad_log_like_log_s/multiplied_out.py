"""Far from zero your digits are gone: sums that nearly cancel are taken apart; form each residual
first.
"""

def grad_log_like_log_s(x, y, m, b, log_s):
    n, v = tf.cast(tf.size(x), T), tf.exp(-2 * log_s)
    xx, xy, yy = tf.reduce_sum(x * x), tf.reduce_sum(x * y), tf.reduce_sum(y * y)
    sx, sy = tf.reduce_sum(x), tf.reduce_sum(y)
    rr = yy + m * m * xx + n * b * b - 2 * (m * xy + b * sy - m * b * sx)
    return (xy - m * xx - b * sx) * v, (sy - m * sx - n * b) * v, rr * v - n
