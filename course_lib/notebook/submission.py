"""A submission as data: the cells that run and are shown, and what there is to say about them.

submission.cell("leapfrog").source
submission.content_hash        # changes with the code that runs, not with outputs
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from course_lib.notebook.cell import Cell


@dataclass(frozen=True)
class SubmittedCell(Cell):
    """One cell as it will run and be shown; its role, name, points and tags are the instructor's.

    outputs: as handed in; kept for demonstrations only, since all others run again.
    changed: the source is not the released one. missing: it was not in what was handed in.
    released: the source as it was released, in a given cell that was changed.
    """

    changed: bool = False
    released: str = ""
    missing: bool = False
    outputs: tuple[Any, ...] = ()
    attachments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Submission:
    """What one student handed in, in the instructor's order.

    student: the id. name: what people call them, where the folder has another name than the id.
    `readable` is False without a notebook to read: then every answer is missing and there is
    nothing to run. `notices` are sentences for the student, `remarks` lines for the instructor.
    `modules` are the Python files handed in beside the notebook, by name: its cells may import
    them. `more` are the assignment's other notebooks, each as a submission of its own.
    """

    student: str
    assignment: str
    notebook: str
    cells: tuple[SubmittedCell, ...]
    notices: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    readable: bool = True
    name: str = ""
    modules: Mapping[str, str] = field(default_factory=dict)
    more: tuple[Submission, ...] = ()

    @property
    def content_hash(self) -> str:
        """sha256 of all that can change the grade: the code that runs, in its order.

        Text that a student added is not in it.
        """
        if self.more:
            hashes = "".join(part.content_hash for part in self.parts)
            return hashlib.sha256(hashes.encode()).hexdigest()
        digest = hashlib.sha256()
        cells = [cell for cell in self.cells if cell.is_code or cell.role != "extra"]
        beside = (f"{name}\0{text}" for name, text in sorted(self.modules.items()))
        for part in (self.assignment, self.notebook, *map(_hashed, cells), *beside):
            raw = part.encode("utf-8", "surrogatepass")
            digest.update(len(raw).to_bytes(8, "big") + raw)
        return digest.hexdigest()

    @property
    def parts(self) -> tuple[Submission, ...]:
        """One submission for each notebook of the assignment; itself, where there is one."""
        return (replace(self, more=()), *self.more)

    def part(self, notebook: str) -> Submission:
        """The part of this notebook. Raises KeyError where the assignment has none."""
        for part in self.parts:
            if part.notebook == notebook:
                return part
        raise KeyError(notebook)

    def cell(self, grade_id: str) -> SubmittedCell:
        """The cell with this `grade_id`. Raises KeyError where the assignment has none."""
        for cell in self.cells:
            if cell.grade_id == grade_id:
                return cell
        raise KeyError(grade_id)


def _hashed(cell: Cell) -> str:
    source = cell.code if cell.may_run else ""
    return "\0".join((cell.id, cell.role, cell.grade_id or "", str(cell.demonstration), source))
