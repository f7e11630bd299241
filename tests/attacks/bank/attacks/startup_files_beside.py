"""sitecustomize, usercustomize and a .pth beside the notebook, for Python to find."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def folder(path):
    line = "import pathlib; [pathlib.Path(p, 'breach-@TOKEN@').touch() for p in ('/tmp', '@COURSE@')]\n"
    for name in ("sitecustomize.py", "usercustomize.py", "breach.pth", "python311._pth", ".pythonrc"):
        (path / name).write_text(line)
    (path / "pyvenv.cfg").write_text("home = .\ninclude-system-site-packages = false\n")
