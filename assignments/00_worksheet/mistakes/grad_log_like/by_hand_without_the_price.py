"""The third number is never negative; the price of a large s has a derivative too."""

def grad_log_like(x, y, m, b, s):
    r = y - m * x - b
    return tf.reduce_sum(r * x) / s**2, tf.reduce_sum(r) / s**2, tf.reduce_sum(r**2) / s**3
