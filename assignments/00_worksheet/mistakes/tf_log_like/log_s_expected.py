"""You treat the argument s as if it were log s; here it is s itself."""

def tf_log_like(x, y, m, b, s):
    s = tf.exp(s)
    return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
