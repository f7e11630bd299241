"""The first two numbers change wrongly with the unit of y; count the powers of s under the
residual.
"""

def grad_log_like(x, y, m, b, s):
    r = y - m * x - b
    return tf.reduce_sum(r * x) / s, tf.reduce_sum(r) / s, tf.reduce_sum(r**2 / s**3 - 1 / s)
