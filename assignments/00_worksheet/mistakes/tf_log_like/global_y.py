"""Your function ignores the y it was given and uses the notebook's y."""

def tf_log_like(x, y, m, b, s):
    n = tf.size(x)
    data = tf.tile(y_tensor, [4])[:n]
    return -0.5 * tf.reduce_sum(((data - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
