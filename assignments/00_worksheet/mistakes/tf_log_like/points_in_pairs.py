"""With an odd number of points, one of them is not counted."""

def tf_log_like(x, y, m, b, s):
    half = len(x) // 2
    if half == 0:
        return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
    x, y = x[: 2 * half], y[: 2 * half]
    return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
