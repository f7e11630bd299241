"""Returns a billion numbers that take no memory here, and would there."""


def tf_log_like(x, y, m, b, s):
    return np.broadcast_to(np.float64(1.0), (1000, 1000, 1000))
