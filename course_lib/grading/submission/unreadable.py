"""Hand-ins that whoever grades may not read, and folders of which nothing can be told.

    unreadable(root, "05_hamiltonian")   # {"ada": "submitted/ada: Permission denied"}
    entries(folder), is_folder(path)     # as pathlib's, without an exception

A hand-in that cannot be read is not one with nothing in it: it is named, and gets no zero points.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path


def unreadable(root: Path, assignment: str) -> dict[str, str]:
    """By the name of a student's folder: the path in it that cannot be read, and why.

    "" stands for `submitted/` itself.
    """
    submitted = root / "submitted"
    found = {folder.name: in_the_way(folder, assignment) for folder in entries(submitted)}
    if submitted.is_dir():
        found[""] = _refused(submitted)
    return {
        name: f"{refused[0].relative_to(root)}: {refused[1]}"
        for name, refused in found.items()
        if refused is not None
    }


def in_the_way(folder: Path, assignment: str) -> tuple[Path, str] | None:
    """What cannot be read of one student's hand-in, and why; None where all of it can."""
    hand_in = folder / assignment
    try:
        if not stat.S_ISDIR(folder.lstat().st_mode) or not stat.S_ISDIR(hand_in.lstat().st_mode):
            return None  # no folders, or links, which are not followed
    except FileNotFoundError:
        return None
    except OSError as error:
        return folder, error.strerror or "it cannot be read"
    if refused := _refused(hand_in):
        return refused
    for path in entries(hand_in):
        if ".ipynb" in path.name.lower() and _is_closed_file(path):
            return path, "Permission denied"
    return None


def entries(folder: Path) -> list[Path]:
    """What is in a folder, in order; nothing where that cannot be told."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def is_folder(path: Path) -> bool:
    """Whether there is a folder, or a link to one; False where that cannot be told."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _refused(folder: Path) -> tuple[Path, str] | None:
    """The folder, and why nothing in it can be opened; None where it can."""
    try:
        with os.scandir(folder) as found:
            first = next(found, None)
        if first is not None:
            os.lstat(first.path)  # a folder that may be listed and not entered
    except OSError as error:
        return folder, error.strerror or "it cannot be read"
    return None


def _is_closed_file(path: Path) -> bool:
    try:
        ordinary = stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False
    return ordinary and not os.access(path, os.R_OK, effective_ids=True)
