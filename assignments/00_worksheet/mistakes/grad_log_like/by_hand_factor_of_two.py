"""The first two numbers are twice what they should be; did the half in front of the square
survive your derivative?
"""

def grad_log_like(x, y, m, b, s):
    r = y - m * x - b
    return 2 * tf.reduce_sum(r * x) / s**2, 2 * tf.reduce_sum(r) / s**2, tf.reduce_sum(r**2 / s**3 - 1 / s)
