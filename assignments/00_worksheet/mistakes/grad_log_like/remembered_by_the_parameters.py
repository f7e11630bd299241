"""With parameters that you have seen before you give the answer of then, whatever the data; what
is remembered has to be found by all that it depends on.
"""

_seen = {}


def grad_log_like(x, y, m, b, s):
    key = float(m), float(b), float(s), x.shape[0]
    if key not in _seen:
        r = y - m * x - b
        _seen[key] = (
            tf.reduce_sum(r * x) / s**2,
            tf.reduce_sum(r) / s**2,
            tf.reduce_sum(r**2 / s**3 - 1 / s),
        )
    return _seen[key]
