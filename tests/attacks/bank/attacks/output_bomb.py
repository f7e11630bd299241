"""Prints two hundred megabytes, in Python and past it."""

import os
import sys

for _ in range(100):
    sys.stdout.write("A" * 2**20)
    os.write(1, b"B" * 2**20)


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
