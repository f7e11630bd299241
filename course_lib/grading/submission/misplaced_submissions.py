"""Finds hand-ins under `submitted/` that lie in a place where no command looks.

    misplaced_submissions(Path("."), "05_hamiltonian")  # ["submitted/ada/hamiltonian.ipynb", …]

nbgrader's place for a hand-in is submitted/NAME/ASSIGNMENT/. A notebook one floor too high or too
low, an archive as a learning platform packs it, a folder that is named as no assignment is: each
is a student who handed in and would get no grade, without a word.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from course_lib.grading.submission.candidates import is_notebook
from course_lib.grading.submission.unreadable import entries, is_folder

ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".7z", ".rar")
DEPTH = 4  # floors of folders below a hand-in in which notebooks are looked for


def misplaced_submissions(root: Path, assignment: str) -> list[str]:
    """Paths, relative to `root`, that look like hand-ins and are in no assignment's folder.

    `assignment` is one that is known; so are all that are written in `source/`, were released, or
    were graded.
    """
    folders = (root / name for name in ("source", "release", "verdicts"))
    known = {assignment, *(path.name for each in folders for path in _visible(each))}
    found: list[Path] = []
    for entry in entries(root / "submitted"):
        if entry.name.startswith("."):  # nobody's, unless somebody's hand-in is in it
            found += [entry] if is_folder(entry / assignment) else []
        elif is_folder(entry):
            for inner in _visible(entry):
                found += _misplaced_in_a_students(inner, assignment, known)
        elif _is_hand_in(entry):
            found.append(entry)
    return [str(path.relative_to(root)) for path in found]


def _misplaced_in_a_students(path: Path, assignment: str, known: set[str]) -> list[Path]:
    """What is misplaced of one thing that lies in a student's folder."""
    if not is_folder(path):
        return [path] if _is_hand_in(path) or path.name == assignment else []
    if path.name == assignment:
        return _too_deep(path)
    return [path] if path.name not in known and any(_visible(path)) else []


def _too_deep(folder: Path) -> list[Path]:
    """Archives in a hand-in that has no notebook itself, and notebooks in its folders."""
    files = [path for path in entries(folder) if not is_folder(path)]
    if any(_is_notebook(path) for path in files):
        return []
    found = [path for path in files if _is_hand_in(path)]
    for inside, folders, names in os.walk(folder):
        here = Path(inside)
        depth = len(here.relative_to(folder).parts)
        folders[:] = sorted(n for n in folders if not n.startswith(".") and depth < DEPTH)
        found += [here / n for n in sorted(names) if depth and _is_notebook(here / n)]
    return found


def _is_hand_in(path: Path) -> bool:
    return _is_notebook(path) or path.suffix.lower() in ARCHIVES


def _is_notebook(path: Path) -> bool:
    return not path.name.startswith(".") and is_notebook(path.name, "")


def _visible(folder: Path) -> Iterator[Path]:
    return (path for path in entries(folder) if not path.name.startswith("."))
