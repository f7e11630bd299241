"""Which of nbgrader's files and rows have to be written anew; nothing is judged again for it.

    is_current(path, nb, verdict, found, released, time)    # nothing would change
    still_graded(before, then, now)                         # what a person need not see again

A verdict depends on code. What is written depends on more: answers in words, pictures, the time of
the hand-in, the points of the release; and gradebook and files are made, changed and deleted by
other programs too.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from course_lib.digest import short
from course_lib.grading.nbgrader.autograded import WRITTEN, earned, written
from course_lib.grading.nbgrader.held import Held
from course_lib.grading.verdict import Verdict
from course_lib.notebook.released_notebook import ReleasedNotebook


def is_current(
    path: Path,
    nb: NotebookNode,
    verdict: Verdict,
    found: Held | None,
    released: ReleasedNotebook,
    handed_in: datetime | None,
) -> bool:
    """Whether writing `verdict` would change neither the notebook at `path` nor the gradebook.

    nb: the hand-in as `autograded.shown` makes it now. found: what the gradebook holds.
    """
    if found is None or found.timestamp != handed_in:
        return False
    automatic = earned(verdict, released)
    for cell in released.cells:
        if cell.is_graded and cell.grade_id:
            grade = found.grades.get(cell.grade_id)
            if grade is None or automatic.get(cell.grade_id, grade.automatic) != grade.automatic:
                return False
    return bool(
        _read(path).get("metadata", {}).get("course", {}).get(WRITTEN) == written(nb, verdict)
    )


def cells_shown(path: Path) -> dict[str, str]:
    """For each graded cell in the notebook at `path`, a name for what a person grades there."""
    cells = _read(path).get("cells", [])
    found = {}
    for cell in cells:
        about = cell["metadata"].get("nbgrader", {})
        if about.get("grade_id"):
            whole = cells if about.get("task") else [cell]  # a task is done anywhere
            found[about["grade_id"]] = short(
                [(c["source"], c.get("outputs"), c.get("attachments")) for c in whole]
            )
    return found


def still_graded(before: Held | None, then: dict[str, str], now: dict[str, str]) -> set[str]:
    """The cells that a person graded and that show what they showed then.

    nbgrader has all that were graded by hand looked at again after it wrote a notebook.
    """
    grades = before.grades if before else {}
    return {
        name
        for name, grade in grades.items()
        if grade.by_hand is not None and not grade.waiting and then.get(name) == now.get(name)
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        read: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return read
