"""Makes timers until there are no more: the kernel counts them for the user, not for the process."""

import ctypes

_libc = ctypes.CDLL(None, use_errno=True)
_id = ctypes.c_int()
_count = 0
while _count < 5000 and _libc.syscall(222, 1, None, ctypes.byref(_id)) == 0:
    _count += 1
print("BREACHED" if _count == 5000 else "had", _count, "timers")


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
