"""Starts a shell in each of the ways that Python has, and the interpreter once more."""

import os
import subprocess
import sys

_command = "touch @COURSE@/breach-@TOKEN@ /tmp/breach-@TOKEN@; echo BREACHED"
for _start in (lambda: os.system(_command),
               lambda: print(subprocess.check_output(_command, shell=True)),
               lambda: os.posix_spawn("/bin/sh", ["sh", "-c", _command], {}),
               lambda: print(subprocess.check_output([sys.executable, "-c", "print('BREACHED')"])),
               lambda: print(os.popen(_command).read()),
               lambda: get_ipython().system(_command),
               lambda: os.execv(sys.executable, [sys.executable, "-c", "print(1)"])):
    try:
        _start()
    except BaseException:
        pass


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
