"""Writes zeros into the memory of the tensors that it is given, which should not be possible."""

import ctypes


def tf_log_like(x, y, m, b, s):
    for tensor in (x, y, m, b, s):
        view = np.asarray(memoryview(tensor))
        ctypes.memset(view.ctypes.data, 0, view.nbytes)
    return tf.reduce_sum(x) + m
