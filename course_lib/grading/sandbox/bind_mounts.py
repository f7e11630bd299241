"""Which files a submission may read: Python, its libraries, and a little of the course.

>>> from pathlib import Path
>>> from course_lib.grading.sandbox import bind_mounts
>>> bind_mounts.COURSE / "protocol" in bind_mounts.of_the_course([])
True
>>> bind_mounts.of_the_course([bind_mounts.COURSE / "claims" / "exercise.py"])
Traceback (most recent call last):
...
ValueError: course_lib/claims/exercise.py would show a submission the answers: leave it out
"""

from __future__ import annotations

import os
import site
import sys
from collections.abc import Iterable
from pathlib import Path

COURSE = Path(__file__).resolve().parents[2]  # the package's folder, wherever it is installed
_OF_THE_COURSE = ("__init__.py", "alarm.py", "deadline.py", "protocol", "kernel", "inference")
_SECRET = (
    "claims",
    "feedback",
    "notebook",
    "report",
    "authoring",
    "student",
    "demo",
)

_OF_A_PREFIX = ("lib", "lib64", "pyvenv.cfg")
_OF_THE_SYSTEM = (
    "/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib",
    "/usr/share/fonts", "/usr/share/zoneinfo",
    "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/ssl/openssl.cnf",
)  # fmt: skip
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


def _of_python() -> Iterable[Path]:
    for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}:
        yield from (Path(prefix, name) for name in _OF_A_PREFIX)
    yield Path(sys.executable)
    installed = {*site.getsitepackages(), site.getusersitepackages()}
    yield from (Path(folder) for folder in sys.path if folder in installed)


def of_the_machine(readable: Iterable[Path]) -> list[Path]:
    """Everything outside the course's package that is to be read inside, parents before children.

    A path inside another one of the list is left out, since that one includes it.
    """
    wanted = {path for path in (*_of_python(), *map(Path, _OF_THE_SYSTEM)) if _is_there(path)}
    wanted |= {path.absolute() for path in readable if not _in_the_course(path)}
    chosen: list[Path] = []
    for path in sorted(wanted, key=lambda path: len(path.parts)):
        if not any(path.is_relative_to(other) for other in chosen):
            chosen.append(path)
    return chosen


def of_the_course(readable: Iterable[Path]) -> list[Path]:
    """The paths of the course's own package that are to be read inside, and no others of it.

    Raises ValueError for one that belongs to the graders alone, FileNotFoundError for one that is
    missing.
    """
    wanted = [COURSE / name for name in _OF_THE_COURSE if (COURSE / name).exists()]
    for path in filter(_in_the_course, readable):
        inside = path.resolve().relative_to(COURSE)
        if not inside.parts or inside.parts[0] in _SECRET:
            name = Path(COURSE.name) / inside
            raise ValueError(f"{name} would show a submission the answers: leave it out")
        wanted.append(COURSE / inside)
    for path in wanted:
        path.stat()
    return sorted(set(wanted), key=lambda path: len(path.parts))


def _is_there(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110 - Path.exists raises where a folder is closed


def _in_the_course(path: Path) -> bool:
    return path.resolve().is_relative_to(COURSE)
