"""The cells of a notebook as nbgrader sees them: what is graded, what is solved, what is shown.

cell = View(3, notebook.cells[3])
cell.is_solution, cell.grade_id, cell.label      # True, "fit_line", "cell fit_line"
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

DEMONSTRATION = "demonstration"  # the tag of cells that nothing graded may depend on
CHECK = "check_"  # a test cell's grade_id is this and the function's name


@dataclass(frozen=True)
class View:
    """One cell and its place in the notebook (from 1, as a reader counts)."""

    number: int
    cell: NotebookNode

    @property
    def source(self) -> str:
        """The cell's text."""
        return str(self.cell.source)

    @property
    def is_code(self) -> bool:
        """Whether it is a code cell."""
        return bool(self.cell.cell_type == "code")

    @property
    def nbgrader(self) -> dict[str, Any]:
        """nbgrader's metadata; empty in an ordinary cell."""
        return dict(self.cell.metadata.get("nbgrader", {}))

    @property
    def grade_id(self) -> str:
        """nbgrader's name of the cell; empty in an ordinary cell."""
        return str(self.nbgrader.get("grade_id", ""))

    @property
    def points(self) -> float:
        """What it is worth."""
        return float(self.nbgrader.get("points") or 0)

    @property
    def is_solution(self) -> bool:
        """Whether students write it (code or text)."""
        return bool(self.nbgrader.get("solution"))

    @property
    def is_graded(self) -> bool:
        """Whether it earns points, by a check or by hand."""
        return bool(self.nbgrader.get("grade"))

    @property
    def is_exercise(self) -> bool:
        """A code cell whose solution students write, to be judged by a check."""
        return self.is_code and self.is_solution and not self.is_graded

    @property
    def is_check(self) -> bool:
        """A code cell that gives points and that students do not write."""
        return self.is_code and self.is_graded and not self.is_solution

    @property
    def is_demonstration(self) -> bool:
        """Whether grading may skip it: nothing graded depends on it."""
        return DEMONSTRATION in self.cell.metadata.get("tags", [])

    @property
    def label(self) -> str:
        """How an error names it: its grade_id, else its number and its first line."""
        if self.grade_id:
            return f"cell {self.grade_id}"
        first = self.source.strip().partition("\n")[0]
        return f"cell {self.number} ({first[:40]!r})"

    def tree(self) -> ast.Module:
        """The parsed code; raises SyntaxError, for IPython's magics as well."""
        return ast.parse(self.source)


def views(notebook: NotebookNode) -> Iterator[View]:
    """Every cell with its number."""
    for number, cell in enumerate(notebook.cells, start=1):
        yield View(number, cell)


def topic(assignment: str) -> str:
    """`00_worksheet` → `worksheet`; a name without a number is its own topic."""
    number, _, rest = assignment.partition("_")
    return rest if number.isdigit() and rest else assignment
