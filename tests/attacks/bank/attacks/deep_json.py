"""A cell's report that is nested a million brackets deep."""

import os
import stat

from course_lib.protocol import wire

_deep = wire.frame(wire.CELL, b"[" * 1_000_000 + b"]" * 1_000_000)
for _descriptor in range(3, 256):
    try:
        if stat.S_ISSOCK(os.fstat(_descriptor).st_mode):
            os.write(_descriptor, _deep)
    except OSError:
        pass


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
