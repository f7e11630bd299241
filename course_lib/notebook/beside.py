"""The Python files that lie beside a notebook: its cells can import them.

modules_beside(Path("submitted/ada/05_hamiltonian"))      # {"helper.py": "def half(v): …"}
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from course_lib.limits import SOURCE_LIMIT

MODULES = 20  # files; a helper or two is usual
_PLAIN_FILE = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def modules_beside(folder: Path) -> dict[str, str]:
    """The text of each `.py` file in `folder` that can be imported, by the file's name.

    Links, pipes, files of other names and long ones are passed over; nothing is raised.
    """
    found: dict[str, str] = {}
    with contextlib.suppress(OSError):
        for path in sorted(folder.glob("*.py")):
            text = _text(path) if path.stem.isidentifier() and len(found) < MODULES else None
            if text is not None:
                found[path.name] = text
    return found


def _text(path: Path) -> str | None:
    try:
        with os.fdopen(os.open(path, _PLAIN_FILE), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            data = file.read(SOURCE_LIMIT + 1)
        return data.decode("utf-8") if len(data) <= SOURCE_LIMIT else None
    except (OSError, ValueError):
        return None
