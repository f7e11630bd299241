"""Closes every descriptor in the middle of a call, and opens others under their numbers."""

import os


def tf_log_like(x, y, m, b, s):
    os.closerange(0, 1024)
    for _ in range(16):
        os.open(os.devnull, os.O_RDWR)
    return tf.constant(0.0, tf.float64)
