"""You are right to five digits or so, and off by the same small amount per point; how many
digits of π did you type?
"""

def tf_log_like(x, y, m, b, s):
    return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * 3.14159 * s**2))
