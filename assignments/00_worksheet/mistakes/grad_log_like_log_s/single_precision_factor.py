"""The third number is right to about seven digits and no more; the factor of the chain rule is
float32.
"""

def grad_log_like_log_s(x, y, m, b, log_s):
    by_m, by_b, by_s = grad_log_like(x, y, m, b, tf.exp(log_s))
    factor = tf.cast(tf.exp(tf.cast(log_s, tf.float32)), tf.float64)
    return by_m, by_b, factor * by_s
