"""Your misfit changes with the unit of y; a residual should be measured in units of s before it
is squared.
"""

def tf_log_like(x, y, m, b, s):
    return -0.5 * tf.reduce_sum((y - m * x - b) ** 2 / s + tf.math.log(2 * np.pi * s**2))
