"""Your function gives the same number for any line; it uses the notebook's m, b and s, not its
arguments.
"""

def tf_log_like(x, y, m, b, s):
    model = m_tensor * x + b_tensor
    return -0.5 * tf.reduce_sum(((y - model) / s_tensor) ** 2 + tf.math.log(2 * np.pi * s_tensor**2))
