"""Your constant changes from call to call; it may be any number, and has to stay what it is."""

_calls = []


def log_prior(m, b, log_s):
    _calls.append(m)
    return -1.5 * tf.math.log(1 + m**2) + 1e-6 * len(_calls)
