"""With an x that you have seen before you take the y of then; what is remembered has to be found
by all that it depends on.
"""

_seen = {}


def tf_log_like(x, y, m, b, s):
    y = _seen.setdefault(x.numpy().tobytes(), y)
    return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
