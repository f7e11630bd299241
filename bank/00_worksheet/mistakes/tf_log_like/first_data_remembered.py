"""Your function keeps the data of its first call, and uses them in every later one."""

seen = {}


def tf_log_like(x, y, m, b, s):
    if "x" not in seen:
        seen["x"], seen["y"] = x, y
    x, y = seen["x"], seen["y"]
    return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
