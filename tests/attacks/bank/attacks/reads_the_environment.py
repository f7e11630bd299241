"""Looks for secrets in the environment: its own, the one it was started with, and others'."""

import glob
import os

_known = ("HOME", "TMPDIR", "USER", "LOGNAME", "PATH", "LANG")
for _name, _value in os.environ.items():
    if "@TOKEN@" in _value or _name.startswith(("SECRET", "AWS", "GITHUB", "JUPYTERHUB")):
        print("BREACHED", _name)
for _path in glob.glob("/proc/*/environ") + glob.glob("/proc/*/cmdline"):
    try:
        if b"@TOKEN@" in open(_path, "rb").read():
            print("BREACHED", _path)
    except OSError:
        pass


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
