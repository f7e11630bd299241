"""With parameters whose first six digits you have seen before you give the answer of then; what is
remembered has to be found by all of its digits.
"""

_seen = {}


def grad_log_like(x, y, m, b, s):
    key = x.numpy().tobytes(), y.numpy().tobytes(), *(f"{float(v):.6g}" for v in (m, b, s))
    if key not in _seen:
        r = y - m * x - b
        _seen[key] = (
            tf.reduce_sum(r * x) / s**2,
            tf.reduce_sum(r) / s**2,
            tf.reduce_sum(r**2 / s**3 - 1 / s),
        )
    return _seen[key]
