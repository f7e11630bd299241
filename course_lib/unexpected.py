"""An exception that nobody wrote a message for: a few lines for a person, the rest in a file.

    except Exception as error:
        print(told(error))

    Something went wrong that course_lib has no words for: ValueError: 3 is not a point
    (claims/exercise.py, line 12). The full report is in /tmp/course-report-k2j1.txt.
    Next: run the command again; if it stays, send that file to whoever looks after the course.

Where it was raised in an author's file, that file and line are named and are what to correct.
"""

from __future__ import annotations

import errno
import os
import platform
import shlex
import sys
import tempfile
import time
import traceback
from pathlib import Path

from course_lib.text import one_line

PACKAGE = Path(__file__).parent
AUTHORS = ("assignments", "source")  # folders of a course in which people write code
CONFIG = "nbgrader_config.py"
OURS = "Next: run the command again; if it stays, send that file to whoever looks after the course."
LIMIT = 500  # characters of the exception's own words


def told(error: BaseException) -> str:
    """What to say of `error` in a terminal; its traceback is written to a file of its own."""
    report = _written(error)
    said = one_line(f"{type(error).__name__}: {error}".removesuffix(": "), LIMIT)
    place, theirs = _place(error)
    if theirs:
        return f"{place}: {said}. {report}\nNext: correct that line."
    if isinstance(error, OSError) and error.filename is not None:
        about = one_line(f"{error.filename}: {error.strerror}", LIMIT)
        return f"A file cannot be used: {about}. {report}\nNext: {_remedy(error)}"
    if isinstance(error, MemoryError):
        return f"The memory of this machine is used up ({place}). {report}\nNext: try fewer --jobs."
    return (
        f"Something went wrong that course_lib has no words for: {said} ({place}). {report}\n{OURS}"
    )


def _remedy(error: OSError) -> str:
    match error.errno:
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return (
                "let yourself read and write it (ls -l shows who may), and run the command again."
            )
        case errno.ENOSPC | errno.EDQUOT:
            return "make room on that disk, and run the command again."
    return "see that it is there and what it should be, and run the command again."


def _place(error: BaseException) -> tuple[str, bool]:
    """The traceback's last line in a course's own files, else in ours; whether it is theirs."""
    if isinstance(error, SyntaxError) and error.filename:
        known = _as_authors_know(Path(error.filename))
        return f"{known or error.filename}, line {error.lineno or 0}", known is not None
    frames = traceback.extract_tb(error.__traceback__)
    for frame in reversed(frames):
        if known := _as_authors_know(Path(frame.filename)):
            return f"{known}, line {frame.lineno}", True
    for frame in reversed(frames):
        path = Path(frame.filename)
        if path.is_relative_to(PACKAGE):
            return f"{path.relative_to(PACKAGE).as_posix()}, line {frame.lineno}", False
    return "outside course_lib", False


def _as_authors_know(path: Path) -> str | None:
    """A file of a course from the course's folder on; None for any other."""
    parts = path.parts
    if path.is_relative_to(PACKAGE) or "site-packages" in parts:
        return None
    if path.name == CONFIG:
        return CONFIG
    found = [number for number, part in enumerate(parts[:-1]) if part in AUTHORS]
    return "/".join(parts[found[-1] :]) if found else None


def _written(error: BaseException) -> str:
    """Write the whole report; a sentence that says where it is, or why it is nowhere."""
    lines = [
        f"{time.strftime('%Y-%m-%d %H:%M:%S %z')}",
        f"command: {shlex.join(sys.argv)}",
        f"in: {Path.cwd()}",
        f"Python {platform.python_version()} on {platform.platform()}",
        "",
        *traceback.format_exception(error),
    ]
    try:
        handle, name = tempfile.mkstemp(prefix="course-report-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write("\n".join(lines))
    except OSError as wrong:
        return f"The full report could not be written ({wrong.strerror})."
    return f"The full report is in {name}."
