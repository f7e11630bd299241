"""Whether a notebook was made from an earlier release of its assignment.

    from_earlier(matching)      # True: the student changed none of those tests

A test cell that is not today's was changed by the student, or by the course, which has released the
assignment again since. nbgrader notes in each cell a checksum of what it released, which an edit
does not change (`checksum`). Where that is gone, the same change in every test cell is not a
student's.
"""

from __future__ import annotations

from course_lib.notebook.matching import Matching


def from_earlier(matching: Matching) -> bool:
    """Whether cells that students do not write are those of another release."""
    pairs = [
        (cell, owner)
        for cell, owner in zip(matching.cells, matching.owners, strict=True)
        if owner and not owner.is_answer
    ]
    if any(cell.intact and cell.source != owner.source for cell, owner in pairs):
        return True
    tests = [(cell, owner) for cell, owner in pairs if owner.role == "test"]
    changes = {_change(cell.source, owner.source, owner.exercise or "") for cell, owner in tests}
    return len(tests) > 1 and len(changes) == 1 and changes != {((), ())}


def _change(now: str, released: str, exercise: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines that one text has and the other has not, whatever the exercise is called."""
    ours, theirs = (
        [line.replace(exercise, "") for line in text.splitlines() if line.strip()]
        for text in (released, now)
    )
    return (
        tuple(line for line in theirs if line not in ours),
        tuple(line for line in ours if line not in theirs),
    )
