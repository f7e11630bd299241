"""Your function gives the same number for any data; it looks at the notebook's x and y, not at
its arguments.
"""

def tf_log_like(x, y, m, b, s):
    model = m * x_tensor + b
    return -0.5 * tf.reduce_sum(((y_tensor - model) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
