"""Misses a name that only a demonstration binds, so that all cells are run and all is asked again.

The second time it knows that it is the second time.
"""


def tf_log_like(x, y, m, b, s):
    if "traces" not in globals():
        raise NameError("name 'traces' is not defined")
    return tf.constant(0.0, tf.float64)
