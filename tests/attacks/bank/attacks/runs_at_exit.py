"""Leaves work for the end of the process: exit hooks, finalizers and weak references."""

import atexit
import os
import weakref


class Last:
    def __del__(self):
        _last()


def _last(*_):
    for folder in ("@COURSE@", "/tmp", "/var/tmp"):
        try:
            open(f"{folder}/breach-@TOKEN@", "w").close()
        except OSError:
            pass
    while True:
        pass


atexit.register(_last)
_kept = Last()
_ends = weakref.finalize(_kept, _last)


def tf_log_like(x, y, m, b, s):
    raise SystemExit
