"""An assignment's cells as the instructor released them: what each one is and what it is worth.

    released = ReleasedNotebook.load(root, "05_hamiltonian")
    released.cell("check_leapfrog").points         # 3.0

It is read from `release/NN_topic/*.ipynb`, which `course release` makes. Points, ids, tags and
roles always come from here and never from what was handed in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from course_lib.notebook.cell import Cell
from course_lib.notebook.pasted import pasted_pictures
from course_lib.notebook.reading import cells_of


@dataclass(frozen=True, kw_only=True)
class ReleasedCell(Cell):
    """One cell as released. The autograded notebook will carry `metadata` and `attachments`."""

    metadata: Mapping[str, Any]
    attachments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ReleasedNotebook:
    """An assignment's notebook as released, cell by cell."""

    assignment: str
    notebook: str
    cells: tuple[ReleasedCell, ...]
    metadata: Mapping[str, Any]

    @classmethod
    def load(cls, root: Path | str, assignment: str) -> ReleasedNotebook:
        """Read `root/release/ASSIGNMENT/*.ipynb`.

        Raises FileNotFoundError where there is not exactly one notebook, and ValueError where it
        is not what `course release` makes; both name the file and the next step.
        """
        found = cls.load_all(root, assignment)
        if len(found) != 1:
            raise FileNotFoundError(
                f"release/{assignment}/ has {len(found)} notebooks, and this needs one: "
                f"run `course release {assignment}`"
            )
        return found[0]

    @classmethod
    def load_all(cls, root: Path | str, assignment: str) -> tuple[ReleasedNotebook, ...]:
        """Read every `root/release/ASSIGNMENT/*.ipynb`, in the order of their names.

        Raises FileNotFoundError where there is none, and ValueError as `load` does.
        """
        found = sorted((Path(root) / "release" / assignment).glob("*.ipynb"))
        if not found:
            raise FileNotFoundError(
                f"release/{assignment}/ has no notebook, and grading needs one: "
                f"run `course release {assignment}`"
            )
        return tuple(cls.parse(p.read_text("utf-8"), assignment, p.stem) for p in found)

    @classmethod
    def parse(cls, text: str, assignment: str, notebook: str) -> ReleasedNotebook:
        """The cells in a released notebook's JSON. Raises ValueError as `load` does."""
        where = f"release/{assignment}/{notebook}.ipynb"
        try:
            nb = json.loads(text)
            cells = tuple(
                _cell(cell, raw) for cell, raw in zip(cells_of(nb), nb["cells"], strict=True)
            )
            metadata = dict(nb["metadata"])
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(
                f"{where} is not a released notebook ({error!r}): run `course release {assignment}`"
            ) from error
        return cls(assignment, notebook, cells, metadata)

    @cached_property
    def by_grade_id(self) -> dict[str, ReleasedCell]:
        """The cells with a `grade_id`, in their order."""
        return {cell.grade_id: cell for cell in self.cells if cell.grade_id}

    @cached_property
    def by_id(self) -> dict[str, ReleasedCell]:
        """The cells by notebook cell id."""
        return {cell.id: cell for cell in self.cells}

    def cell(self, grade_id: str) -> ReleasedCell:
        """The cell with this `grade_id`. Raises KeyError where there is none."""
        return self.by_grade_id[grade_id]

    @property
    def exercises(self) -> tuple[str, ...]:
        """The automatically graded exercises, in their order."""
        return tuple(c.grade_id for c in self.cells if c.role == "solution" and c.grade_id)

    @property
    def points(self) -> dict[str, float]:
        """Automatic points by exercise: `{"leapfrog": 3.0, …}`."""
        return {c.exercise: c.points for c in self.cells if c.role == "test" and c.exercise}

    @property
    def possible(self) -> float:
        """All automatic points."""
        return sum(self.points.values())


def _cell(cell: Cell, raw: Mapping[str, Any]) -> ReleasedCell:
    """One cell; a picture in its text has the name that it has in what comes back."""
    shared, attachments = vars(cell), dict(raw.get("attachments", {}))
    if cell.kind == "markdown":
        source, attachments = pasted_pictures(cell.source, attachments)
        shared = shared | {"source": source}
    return ReleasedCell(**shared, metadata=dict(raw["metadata"]), attachments=attachments)
