"""With an x that you have seen before you take the y of then; what is remembered has to be found
by all that it depends on.
"""

_seen = {}


def grad_log_like_log_s(x, y, m, b, log_s):
    y = _seen.setdefault(x.numpy().tobytes(), y)
    by_m, by_b, by_s = grad_log_like(x, y, m, b, tf.exp(log_s))
    return by_m, by_b, by_s * tf.exp(log_s)
