"""Right, and noisy: prints, warnings, a global counter."""

import warnings

_calls = 0


def tf_log_like(x, y, m, b, s):
    global _calls
    _calls += 1
    print("call number", _calls)
    warnings.warn("a warning costs nothing")
    return -0.5 * tf.reduce_sum(((y - m * x - b) / s) ** 2 + tf.math.log(2 * np.pi * s**2))
