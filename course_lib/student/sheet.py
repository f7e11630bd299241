"""A notebook file as its author sees it: cells in order, and the assignment they belong to.

    sheet = read(Path("worksheet.ipynb"))
    sheet.checks.assignment        # "00_worksheet"
    sheet.unwritten("fit_line")    # True while the cell is as it was released

Nothing here is on guard: this is a student's own notebook on their own computer.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from course_lib.calls.text import one_line
from course_lib.checks import ASSIGNMENTS, load
from course_lib.checks.claims import Checks
from course_lib.checks.foundations import Foundations

TEST = "check_"  # a test cell's grade_id is this and the function's name
RELEASED = re.compile(r"#\s*YOUR CODE HERE\s+raise NotImplementedError", re.IGNORECASE)
_CELL_MAGIC = re.compile(r"\A\s*%%(\w+)[^\n]*\n?")
_LINE_MAGIC = re.compile(r"^(\s*)[%!?].*$", re.MULTILINE)
_PYTHON_MAGICS = ("time", "timeit", "capture", "prun")  # the lines below these are Python


class UnusableError(Exception):
    """The file cannot be checked; the message says why and what to do."""


@dataclass(frozen=True)
class SheetCell:
    """One cell. `number` counts all cells from 1, as they stand in the notebook."""

    number: int
    id: str
    role: str
    kind: str
    source: str
    grade_id: str
    demonstration: bool

    @property
    def title(self) -> str:
        """What its author knows it by: the exercise, else how it begins."""
        if self.role == "solution" and self.grade_id:
            return f"the cell of {self.grade_id}"
        lines = (line.strip() for line in self.source.splitlines())
        first = one_line(next(filter(None, lines), ""))
        return f"the cell that begins “{first if len(first) <= 50 else first[:50] + ' …'}”"

    @property
    def may_run(self) -> bool:
        """Code that is not a test."""
        return self.kind == "code" and self.role != "test" and bool(self.source.strip())

    @property
    def python(self) -> str:
        """The source without IPython's own commands; line numbers stay."""
        magic = _CELL_MAGIC.match(self.source)
        if magic and magic[1] not in _PYTHON_MAGICS:
            return ""
        text = self.source if magic is None else "\n" + self.source[magic.end() :]
        return _LINE_MAGIC.sub(r"\1pass", text)


@dataclass(frozen=True)
class Sheet:
    """A notebook and the claims about its exercises."""

    cells: tuple[SheetCell, ...]
    checks: Checks

    @property
    def possible(self) -> float:
        """The points of all exercises that are checked."""
        return float(sum(exercise.points for exercise in self.checks.exercises.values()))

    def unwritten(self, exercise: str) -> bool:
        """Whether the solution cell still says YOUR CODE HERE, and nothing else defines it."""
        mine = [cell for cell in self.cells if cell.grade_id == exercise]
        others = [cell for cell in self.cells if cell.grade_id != exercise and cell.may_run]
        defined = re.compile(rf"^\s*(def\s+{exercise}\b|{exercise}\s*=)", re.MULTILINE)
        return (
            bool(mine)
            and all(RELEASED.search(cell.source) for cell in mine)
            and not any(defined.search(cell.source) for cell in others)
        )

    @cached_property
    def foundations(self) -> Foundations[SheetCell]:
        """What its exercises are built on."""
        return Foundations(self.cells)

    @property
    def by_hand(self) -> list[str]:
        """The questions that a person reads."""
        return [cell.grade_id for cell in self.cells if cell.role == "manual"]


def read(path: Path, command: str = "course check") -> Sheet:
    """Read a notebook. Raises UnusableError where there is none, or none of this course's.

    command: what its author called, which the error's next step names.
    """
    if path.is_dir():
        inside = next((f"`{command} {n}`" for n in sorted(path.glob("*.ipynb"))), "name a file")
        raise UnusableError(f"{path} is a folder, not a notebook. Next: {inside}")
    try:
        return parse(path.read_text(encoding="utf-8-sig"), path)
    except FileNotFoundError:
        raise UnusableError(
            f"there is no file {path}. Next: `{command}` and the notebook's name, from the "
            "folder that it is in"
        ) from None
    except OSError as error:
        raise UnusableError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise _no_notebook(path, error) from None


def parse(text: str, path: Path) -> Sheet:
    """A notebook file's text. Raises UnusableError where it is none, or none of this course's."""
    try:
        notebook = json.loads(text)
        if not isinstance(notebook, dict) or "cells" not in notebook:
            raise ValueError("it has no cells")
        cells = tuple(_cell(number, cell) for number, cell in enumerate(notebook["cells"], 1))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _no_notebook(path, error) from None
    return Sheet(cells, _checks(cells, path))


def _no_notebook(path: Path, why: Exception) -> UnusableError:
    return UnusableError(
        f"{path} is not a Jupyter notebook: {why}. Next: open it in Jupyter and save it there, or "
        "name another file"
    )


def _cell(number: int, raw: dict[str, Any]) -> SheetCell:
    metadata = raw.get("metadata", {})
    grading = metadata.get("nbgrader", {})
    graded, solution = bool(grading.get("grade")), bool(grading.get("solution"))
    role = {(True, True): "manual", (True, False): "test", (False, True): "solution"}
    source = raw.get("source", "")
    return SheetCell(
        number=number,
        id=f"cell {number}",
        role=role.get((graded, solution), "given"),
        kind=raw.get("cell_type", "raw"),
        source=source if isinstance(source, str) else "".join(source),
        grade_id=str(grading.get("grade_id", "")),
        demonstration="demonstration" in metadata.get("tags", []),
    )


def _checks(cells: tuple[SheetCell, ...], path: Path) -> Checks:
    """The claims of the assignment with which the notebook has most exercises in common."""
    names = {cell.grade_id.removeprefix(TEST) for cell in cells}
    known = [load(assignment) for assignment in ASSIGNMENTS]
    best = max(known, key=lambda checks: len(names & set(checks.exercises)))
    if not names & set(best.exercises):
        raise UnusableError(
            f"{path} has no exercise that can be checked: it is not one of "
            f"{', '.join(ASSIGNMENTS)}. Next: name the notebook that you were given"
        )
    return best
