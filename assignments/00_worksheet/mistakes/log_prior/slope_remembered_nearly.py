"""For a slope that is nearly the one of your last call you give its value once more; nearly equal
is not equal.
"""

_last = []


def log_prior(m, b, log_s):
    if not (_last and np.allclose(_last[0].numpy(), m.numpy(), atol=0.0)):
        _last[:] = [m]
    return -1.5 * tf.math.log(1 + (m + tf.stop_gradient(_last[0] - m)) ** 2)
