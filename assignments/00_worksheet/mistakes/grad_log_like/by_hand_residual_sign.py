"""The first two numbers have the wrong sign and the third is right; a residual enters with the
sign that it loses in the square.
"""

def grad_log_like(x, y, m, b, s):
    r = (m * x + b) - y
    return tf.reduce_sum(r * x) / s**2, tf.reduce_sum(r) / s**2, tf.reduce_sum(r**2 / s**3 - 1 / s)
