"""Only the third number is wrong, and only its sign; does a larger s help when the residuals
are large?
"""

def grad_log_like_log_s(x, y, m, b, log_s):
    s = tf.exp(log_s)
    r = y - m * x - b
    return tf.reduce_sum(r * x) / s**2, tf.reduce_sum(r) / s**2, tf.reduce_sum(1.0 - r**2 / s**2)
