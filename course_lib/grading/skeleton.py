"""The instructor's truth about an assignment's cells: what each one is and what it is worth.

    skeleton = Skeleton.load(root, "00_worksheet")
    skeleton.cell("check_tf_log_like").points      # 3.0

It is read from `release/NN_topic/*.ipynb`, which `course release` makes. Points, ids, tags and
roles always come from here and never from what was handed in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

Role = Literal["solution", "test", "manual", "given", "extra"]
Kind = Literal["code", "markdown", "raw"]

TEST_PREFIX = "check_"
DEMONSTRATION = "demonstration"


@dataclass(frozen=True)
class SkeletonCell:
    """One cell as released. `metadata` is what the autograded notebook will carry."""

    id: str
    role: Role
    kind: Kind
    source: str
    grade_id: str | None
    points: float
    demonstration: bool
    metadata: Mapping[str, Any]

    @property
    def exercise(self) -> str | None:
        """The exercise that a solution, test or manual cell belongs to."""
        return self.grade_id.removeprefix(TEST_PREFIX) if self.grade_id else None


@dataclass(frozen=True)
class Skeleton:
    """An assignment's notebook as released, cell by cell."""

    assignment: str
    notebook: str
    cells: tuple[SkeletonCell, ...]
    metadata: Mapping[str, Any]

    @classmethod
    def load(cls, root: Path | str, assignment: str) -> Skeleton:
        """Read `root/release/ASSIGNMENT/*.ipynb`.

        Raises FileNotFoundError where there is not exactly one notebook, and ValueError where it
        is not what `course release` makes; both name the file and the next step.
        """
        folder = Path(root) / "release" / assignment
        found = sorted(folder.glob("*.ipynb"))
        if len(found) != 1:
            has = "no notebook" if not found else f"{len(found)} notebooks"
            raise FileNotFoundError(
                f"release/{assignment}/ has {has}, and grading needs one: "
                f"run `course release {assignment}`"
            )
        return cls.parse(found[0].read_text("utf-8"), assignment, found[0].stem)

    @classmethod
    def parse(cls, text: str, assignment: str, notebook: str) -> Skeleton:
        """The skeleton in a released notebook's JSON. Raises ValueError as `load` does."""
        where = f"release/{assignment}/{notebook}.ipynb"
        try:
            nb = json.loads(text)
            cells = tuple(_cell(cell, where) for cell in nb["cells"])
            metadata = dict(nb["metadata"])
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(
                f"{where} is not a released notebook ({error!r}): run `course release {assignment}`"
            ) from error
        return cls(assignment, notebook, cells, metadata)

    @cached_property
    def by_grade_id(self) -> dict[str, SkeletonCell]:
        """The cells with a `grade_id`, in their order."""
        return {cell.grade_id: cell for cell in self.cells if cell.grade_id}

    @cached_property
    def by_id(self) -> dict[str, SkeletonCell]:
        """The cells by notebook cell id."""
        return {cell.id: cell for cell in self.cells}

    def cell(self, grade_id: str) -> SkeletonCell:
        """The cell with this `grade_id`. Raises KeyError where there is none."""
        return self.by_grade_id[grade_id]

    @property
    def exercises(self) -> tuple[str, ...]:
        """The automatically graded exercises, in their order."""
        return tuple(c.grade_id for c in self.cells if c.role == "solution" and c.grade_id)

    @property
    def points(self) -> dict[str, float]:
        """Automatic points by exercise: `{"tf_log_like": 3.0, …}`."""
        return {c.exercise: c.points for c in self.cells if c.role == "test" and c.exercise}

    @property
    def possible(self) -> float:
        """All automatic points."""
        return sum(self.points.values())


def _cell(raw: Mapping[str, Any], where: str) -> SkeletonCell:
    metadata = dict(raw["metadata"])
    grading = metadata.get("nbgrader", {})
    graded, solution = bool(grading.get("grade")), bool(grading.get("solution"))
    role: Role = "given"
    if (graded and solution) or grading.get("task"):
        role = "manual"
    elif graded:
        role = "test"
    elif solution:
        role = "solution"
    source = raw["source"]
    kind = raw["cell_type"]
    if kind not in ("code", "markdown", "raw"):
        raise ValueError(f"{where}: a cell of type {kind!r}")
    return SkeletonCell(
        id=raw["id"],
        role=role,
        kind=kind,
        source=source if isinstance(source, str) else "".join(source),
        grade_id=grading.get("grade_id"),
        points=float(grading.get("points") or 0.0),
        demonstration=DEMONSTRATION in metadata.get("tags", []),
        metadata=metadata,
    )
