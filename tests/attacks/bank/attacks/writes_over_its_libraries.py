"""Writes into libraries' memory through /proc, and into files by way of what is mapped of them."""

import mmap
import os
import sys

for _name in ("/proc/self/mem", "/proc/1/mem", "/proc/thread-self/mem"):
    try:
        with open(_name, "r+b", buffering=0) as _memory:
            print("BREACHED", _name)
    except OSError:
        pass
for _module in (np, tf):
    try:
        _file = os.open(_module.__file__, os.O_RDWR)
        print("BREACHED", _module.__file__)
    except OSError:
        _file = os.open(_module.__file__, os.O_RDONLY)
    try:
        _map = mmap.mmap(_file, 16, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)
        print("BREACHED a shared map of", _module.__file__)
    except OSError:
        pass
    for _how in (lambda: os.fchmod(_file, 0o777), lambda: os.utime(_module.__file__),
                 lambda: os.link(_module.__file__, "/tmp/link"),
                 lambda: os.setxattr(_module.__file__, "user.a", b"b")):
        try:
            _how()
            print("BREACHED a file of", _module.__name__)
        except OSError:
            pass


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
