"""With parameters that are nearly those of your last call you give its answer once more; nearly
equal is not equal.
"""

_last = []


def grad_log_like(x, y, m, b, s):
    now = np.concatenate([x.numpy(), y.numpy(), [m, b, s]])
    if not (_last and _last[0].shape == now.shape and np.allclose(_last[0], now, atol=0.0)):
        r = y - m * x - b
        _last[:] = now, (
            tf.reduce_sum(r * x) / s**2,
            tf.reduce_sum(r) / s**2,
            tf.reduce_sum(r**2 / s**3 - 1 / s),
        )
    return _last[1]
