"""What lies under `submitted/` in a place where no command looks, so that nobody is passed over.

    strays(Path("."), "00_worksheet")    # ["submitted/ada/worksheet.ipynb", …]

nbgrader's place for a hand-in is submitted/NAME/ASSIGNMENT/. A notebook one floor too high or too
low, an archive as a learning platform packs it, a folder that is named as no assignment or no
student is: each is a student who handed in and would get no grade, without a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from course_lib.grading.names import is_usable

HAND_INS = (".ipynb", ".zip", ".tar", ".gz", ".tgz", ".7z", ".rar")


def strays(root: Path, assignment: str) -> list[str]:
    """Paths, relative to `root`, that look like hand-ins and are in no assignment's folder.

    `assignment` is one that is known; so are all that were released or are written in `source/`.
    """
    submitted = root / "submitted"
    known = {assignment, *_folders(root / "release"), *_folders(root / "source")}
    found = []
    for entry in _visible(submitted):
        if not entry.is_dir():
            found += [entry] if entry.suffix.lower() in HAND_INS else []
            continue
        if not is_usable(entry.name):
            found.append(entry)
            continue
        for inner in _visible(entry):
            if inner.is_dir() and inner.name not in known:
                found += [inner] if any(_visible(inner)) else []
            elif inner.is_dir():
                found += _too_deep(inner)
            elif inner.suffix.lower() in HAND_INS:
                found.append(inner)
    return [str(path.relative_to(root)) for path in found]


def _too_deep(folder: Path) -> list[Path]:
    """Notebooks in the folders of a hand-in that has none itself."""
    if any(path.suffix.lower() in HAND_INS for path in _visible(folder)):
        return []
    below = (path for inner in _visible(folder) if inner.is_dir() for path in _visible(inner))
    return [path for path in below if path.suffix.lower() == ".ipynb"]


def _visible(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in sorted(folder.iterdir()) if not path.name.startswith("."))


def _folders(folder: Path) -> set[str]:
    return {path.name for path in _visible(folder) if path.is_dir()}
