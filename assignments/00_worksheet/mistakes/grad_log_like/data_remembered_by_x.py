"""With an x that you have seen before you take the y of then; what is remembered has to be found
by all that it depends on.
"""

_seen = {}


def grad_log_like(x, y, m, b, s):
    y = _seen.setdefault(x.numpy().tobytes(), y)
    r = y - m * x - b
    return tf.reduce_sum(r * x) / s**2, tf.reduce_sum(r) / s**2, tf.reduce_sum(r**2 / s**3 - 1 / s)
