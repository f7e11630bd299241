"""A submission as data: the cells that run and are shown, and what there is to say about them.

submission.cell("tf_log_like").source
submission.content_hash        # changes with the code that runs, not with outputs
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from course_lib.grading.skeleton import Kind, Role


@dataclass(frozen=True)
class Cell:
    """One cell as it will run and be shown.

    role: "solution", "test" (never run), "manual", "given", or "extra": the student's own.
    outputs: as handed in, cleaned; kept for demonstrations only, since all others run again.
    changed: the source is not the released one. missing: it was not in what was handed in.
    """

    id: str
    role: Role
    kind: Kind
    source: str
    grade_id: str | None = None
    points: float = 0.0
    demonstration: bool = False
    changed: bool = False
    missing: bool = False
    outputs: tuple[dict[str, Any], ...] = ()
    attachments: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def may_run(self) -> bool:
        """Code that is not a test; whether a demonstration runs is the grader's decision."""
        return self.kind == "code" and self.role != "test" and bool(self.source.strip())


@dataclass(frozen=True)
class Submission:
    """What one student handed in, in the instructor's order.

    `readable` is False without a notebook to read: then every answer is missing and there is
    nothing to run. `notices` are sentences for the student, `remarks` lines for the instructor.
    """

    student: str
    assignment: str
    notebook: str
    cells: tuple[Cell, ...]
    notices: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    readable: bool = True

    @property
    def content_hash(self) -> str:
        """sha256 of all that can change the grade: the code that runs, in its order."""
        digest = hashlib.sha256()
        for part in (self.assignment, self.notebook, *map(_hashed, self.cells)):
            raw = part.encode("utf-8", "surrogatepass")
            digest.update(len(raw).to_bytes(8, "big") + raw)
        return digest.hexdigest()

    def cell(self, grade_id: str) -> Cell:
        """The cell with this `grade_id`. Raises KeyError where the assignment has none."""
        for cell in self.cells:
            if cell.grade_id == grade_id:
                return cell
        raise KeyError(grade_id)


def _hashed(cell: Cell) -> str:
    source = cell.source if cell.may_run else ""
    return "\0".join((cell.id, cell.role, cell.grade_id or "", str(cell.demonstration), source))
