"""Ends the process from C, once directly and once through a failed check in TensorFlow."""

import os


def tf_log_like(x, y, m, b, s):
    os.abort()
