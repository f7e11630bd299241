"""Reads from address zero when it is called."""

import ctypes


def tf_log_like(x, y, m, b, s):
    return ctypes.string_at(0)
