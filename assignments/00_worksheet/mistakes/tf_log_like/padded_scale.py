"""For a tiny s you are wrong; the small number that you add for safety is not in the formula."""

def tf_log_like(x, y, m, b, s):
    variance = s**2 + 1e-12
    return -0.5 * tf.reduce_sum((y - m * x - b) ** 2 / variance + tf.math.log(2 * np.pi * variance))
