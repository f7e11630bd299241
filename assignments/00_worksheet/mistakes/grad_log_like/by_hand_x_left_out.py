"""The first number equals the second; what does a residual have to do with the slope?"""

def grad_log_like(x, y, m, b, s):
    r = y - m * x - b
    return tf.reduce_sum(r) / s**2, tf.reduce_sum(r) / s**2, tf.reduce_sum(r**2 / s**3 - 1 / s)
