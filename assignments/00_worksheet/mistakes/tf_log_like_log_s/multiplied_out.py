"""Far from zero your digits are gone: sums of squares that nearly cancel are taken apart; form each
residual first, and square it then.
"""

def tf_log_like_log_s(x, y, m, b, log_s):
    n = tf.cast(tf.size(x), T)
    squares = tf.reduce_sum(y * y) + m * m * tf.reduce_sum(x * x) + n * b * b
    crossed = m * tf.reduce_sum(x * y) + b * tf.reduce_sum(y) - m * b * tf.reduce_sum(x)
    return -0.5 * (squares - 2 * crossed) * tf.exp(-2 * log_s) - n * (log_s + 0.5 * np.log(2 * np.pi))
