"""The files of a hand-in that are not used: all but the notebook, and what was released with it.

unused_files(folder, root / "release" / "05_hamiltonian")       # ["helper.py", "images/", …]
"""

from __future__ import annotations

import filecmp
import stat
from pathlib import Path

from course_lib.grading.submission.unreadable import is_folder

# What nbgrader's exchange and systems put there, which nobody handed in.
NOT_HANDED_IN = frozenset(
    {
        "timestamp.txt",
        "submission_secret.txt",
        "__pycache__",
        "__MACOSX",
        "Thumbs.db",
        "desktop.ini",
    }
)


def unused_files(folder: Path, released: Path) -> list[str]:
    """Names in `folder`, in order, a folder's with a slash; hidden ones are left out.

    A file that is as it was released is used; one that was changed is not, the released one is.
    """
    try:
        found = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []
    return [
        f"{path.name}/" if is_folder(path) else path.name
        for path in found
        if path.name not in NOT_HANDED_IN and not _as_released(path, released / path.name)
    ]


def _as_released(path: Path, released: Path) -> bool:
    """Whether a file has the released one's content; a folder, only its name."""
    try:
        if stat.S_ISREG(path.lstat().st_mode) and released.is_file():
            same_size = path.stat().st_size == released.stat().st_size
            return same_size and filecmp.cmp(path, released, shallow=False)
        return stat.S_ISDIR(path.lstat().st_mode) and released.is_dir()
    except OSError:
        return False
