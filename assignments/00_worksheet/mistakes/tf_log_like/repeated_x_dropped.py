"""Two points at the same x count as one in your function; both were measured."""

def tf_log_like(x, y, m, b, s):
    _, first = np.unique(x.numpy(), return_index=True)
    x, y = tf.gather(x, first), tf.gather(y, first)
    return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
