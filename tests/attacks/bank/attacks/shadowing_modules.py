"""Modules beside the notebook with the names of those that the grader imports."""

import course_lib.claims


def tf_log_like(x, y, m, b, s):
    return course_lib.claims.log_like(x, y, m, b, s)


def folder(path):
    line = "import pathlib\nfor p in ('/tmp', '@COURSE@'):\n    pathlib.Path(p, 'breach-@TOKEN@').touch()\n"
    for name in ("numpy", "tensorflow", "IPython", "hypothesis", "json", "socket", "sqlite3", "random",
                 "nbgrader", "course_lib", "course_lib/claims", "course_assignments", "course_lib/grading", "bleach", "nh3", "PIL"):
        (path / name).mkdir(parents=True, exist_ok=True)
        (path / name / "__init__.py").write_text(line + "log_like = lambda *args: 0.0\n")
    (path / "readline.py").write_text(line)
