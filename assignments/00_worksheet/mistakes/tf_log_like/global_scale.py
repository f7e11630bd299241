"""The value does not change with s; your function uses the notebook's s, not its argument."""

def tf_log_like(x, y, m, b, s):
    return -0.5 * tf.reduce_sum(((y - m * x - b) / s_tensor) ** 2 + tf.math.log(2 * np.pi * s_tensor**2))
