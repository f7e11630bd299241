"""Where all y are zero you are wrong, and else right; your data are measured in units of their
own size.
"""

def grad_log_like(x, y, m, b, s):
    unit = tf.reduce_max(tf.abs(y))
    m, b, s, y = (tf.math.divide_no_nan(value, unit) for value in (m, b, s, y))
    r = y - m * x - b
    found = tf.reduce_sum(r * x) / s**2, tf.reduce_sum(r) / s**2, tf.reduce_sum(r**2 / s**3 - 1 / s)
    return tuple(tf.math.divide_no_nan(each, unit) for each in found)
