"""Files that only hidden tests read: they lie in `source/ps1/hidden_tests/`, and are not released.

    hidden_tests(root, "ps1")       # "/course/source/ps1/hidden_tests", "" where there is none

While a submission runs, that folder lies beside its notebook under the same name, read-only: a test
opens `hidden_tests/rows.csv`. It is what nbgrader does with a file that is in `source/` and not in
`release/`, but for this folder alone: nothing else of `source/` is in a sandbox.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from course_lib.errors import CourseError
from course_lib.notebook.plain import HIDDEN_TESTS


def hidden_tests(root: Path, assignment: str) -> str:
    """The folder of these files; "" without one.

    Raises CourseError where they were released, or where submissions could not read them.
    """
    released = Path("release", assignment, HIDDEN_TESTS)
    if (root / released).exists():
        raise CourseError(
            f"{released}/ was released, so students may have what only hidden tests should read. "
            f"Next: `course release {assignment}`, which leaves it out, and new files for the tests"
        )
    return folder_beside(root / "source" / assignment)


def folder_beside(source: Path) -> str:
    """The same, in the folder of an instructor's notebook, wherever that is."""
    folder = source / HIDDEN_TESTS
    if not folder.is_dir():
        return ""
    if os.geteuid() == 0 and (closed := next(_closed(folder), None)):
        raise CourseError(
            f"{closed} is closed to the user without rights that submissions run as where root "
            f"grades. Next: chmod -R a+rX {folder}"
        )
    return str(folder.resolve())


def files_of(folder: Path) -> list[Path]:
    """All files in it, however deep."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _closed(folder: Path) -> Iterator[Path]:
    """What others than its owner may not read."""
    for path in (folder, *folder.rglob("*")):
        if not path.exists():
            continue  # a link that leads nowhere: no file
        mode = path.stat().st_mode
        needed = stat.S_IROTH | (stat.S_IXOTH if path.is_dir() else 0)
        if mode & needed != needed:
            yield path
