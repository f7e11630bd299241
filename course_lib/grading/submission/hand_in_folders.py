"""Whose hand-in lies in which folder of `submitted/`.

    hand_in_folders(root, "05_hamiltonian")     # {"ada": ["ada"], "bo_2-1f2e3d": ["bo#2"]}
    on_disk(root / "submitted" / "bo_2-1f2e3d" / "05_hamiltonian")      # submitted/bo#2/…

A student has an id (`student_ids`), which need not be what their folder is called. Nothing under
`submitted/` is ever renamed: nbgrader and learning platforms bring it again under the same name.
"""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

from course_lib.grading.submission.student_ids import student_id
from course_lib.grading.submission.unreadable import entries, in_the_way, is_folder


def hand_in_folders(root: Path, assignment: str) -> dict[str, list[str]]:
    """The students with a folder for `assignment`, and the names of those folders' owners.

    Two names under one id are two spellings of one name; whoever grades has to refuse both.
    Hand-ins that cannot be read (`unreadable`) are left out.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for folder in _folders(root / "submitted"):
        if is_folder(folder / assignment) and in_the_way(folder, assignment) is None:
            found[student_id(folder.name)].append(folder.name)
    return dict(found)


def on_disk(hand_in: Path) -> Path:
    """Where `submitted/ID/ASSIGNMENT` really is: in the folder whose name has this id."""
    owner = hand_in.parent
    if os.path.lexists(owner):
        return hand_in
    names = [f.name for f in _folders(owner.parent) if student_id(f.name) == owner.name]
    return owner.parent / names[0] / hand_in.name if len(names) == 1 else hand_in


def _folders(submitted: Path) -> list[Path]:
    """What lies in `submitted/`, in order, without hidden folders, which are nobody's."""
    return [entry for entry in entries(submitted) if not entry.name.startswith(".")]
