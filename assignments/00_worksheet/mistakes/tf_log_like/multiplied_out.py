"""Far from zero your digits are gone: sums of squares that nearly cancel are taken apart; form each
residual first, and square it then.
"""

def tf_log_like(x, y, m, b, s):
    n = tf.cast(tf.size(x), T)
    squares = tf.reduce_sum(y * y) + m * m * tf.reduce_sum(x * x) + n * b * b
    crossed = m * tf.reduce_sum(x * y) + b * tf.reduce_sum(y) - m * b * tf.reduce_sum(x)
    return -0.5 * (squares - 2 * crossed) / s**2 - n * tf.math.log(s) - 0.5 * n * np.log(2 * np.pi)
