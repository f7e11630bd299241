"""Files that pytest, IPython and nbgrader read from the folder that they are started in."""


def tf_log_like(x, y, m, b, s):
    return tf.constant(0.0, tf.float64)


def folder(path):
    line = ("import pathlib\nfor place in ('/tmp', '@COURSE@'):\n"
            "    pathlib.Path(place, 'breach-@TOKEN@').touch()\n")
    for name in ("conftest.py", "nbgrader_config.py", "ipython_config.py", "setup.py", "__init__.py",
                 "jupyter_nbconvert_config.py", "test_pass.py", "pytest.py", "tox.ini"):
        (path / name).write_text(line)
