"""One cell of a notebook: its text, its role, its points. Every reader and user of cells has these.

    cell = Cell("a1", "def fit_line(x, y): ...", role="solution", grade_id="fit_line")
    cell.exercise, cell.may_run        # ("fit_line", True)

The role is one word for what nbgrader's metadata says of a cell:

    role        nbgrader's metadata      text written by      points
    solution    solution                 student              in the test cell of the exercise
    test        grade                    instructor           given by checks
    manual      grade and solution       student              given by a person
    task        task                     instructor           given by a person, for what the
                                                              student adds to the notebook
    given       none of these            instructor           none
    extra       (cell not released)      student              none

The kind (code, markdown, raw) is independent of it: a manual answer may be code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from course_lib.text import one_line

Role = Literal["solution", "test", "manual", "task", "given", "extra"]
Kind = Literal["code", "markdown", "raw"]

CHECK_PREFIX = "check_"  # a test cell's grade_id is this and the name of its exercise
DEMONSTRATION = "demonstration"  # the tag of cells that nothing graded may depend on


@dataclass(frozen=True)
class Cell:
    """A cell and its place in the notebook.

    id: unique in the notebook.
    number: place in the notebook, counted from 1 over all cells; 0 where it has no place yet.
    inside: what of a test cell runs in the submission's own process to judge it (`plain`): the
    instructor's asserts. Empty where claims judge it, and in every other cell.
    grade_id: nbgrader's name of the cell; None in an ordinary cell.
    points: what nbgrader's metadata says that the cell is worth.
    locked: Jupyter's nbgrader extension does not let students edit it.
    """

    id: str
    source: str
    kind: Kind = "code"
    role: Role = "given"
    grade_id: str | None = None
    points: float = 0.0
    locked: bool = False
    tags: tuple[str, ...] = ()
    number: int = 0
    inside: str = ""

    @property
    def is_code(self) -> bool:
        """Whether it is a code cell."""
        return self.kind == "code"

    @property
    def is_answer(self) -> bool:
        """Whether it was released for students to fill in, with code or text."""
        return self.role in ("solution", "manual")

    @property
    def is_graded(self) -> bool:
        """Whether points are recorded for it, by checks or by a person."""
        return self.role in ("test", "manual", "task")

    @property
    def by_hand(self) -> bool:
        """Whether a person grades it."""
        return self.role in ("manual", "task")

    @property
    def demonstration(self) -> bool:
        """Whether the instructor tagged it as one: grading may skip it."""
        return DEMONSTRATION in self.tags

    @property
    def may_run(self) -> bool:
        """Whether there is code to run. Whether a demonstration runs, `choose` decides."""
        return self.is_code and bool(self.code.strip())

    @property
    def code(self) -> str:
        """What runs of it: a test cell's asserts, which are none where claims judge it."""
        return self.inside if self.role == "test" else self.source

    @property
    def exercise(self) -> str | None:
        """The exercise that it belongs to; None for given and extra cells.

        >>> Cell("a", "", role="test", grade_id="check_fit_line").exercise
        'fit_line'
        """
        if self.grade_id is None or not (self.is_answer or self.is_graded):
            return None
        return self.grade_id.removeprefix(CHECK_PREFIX) if self.role == "test" else self.grade_id

    @property
    def label(self) -> str:
        """How an instructor finds it: by its grade_id, else its number and its first line.

        >>> Cell("a", "", grade_id="fit_line").label, Cell("b", "x = 1", number=3).label
        ('cell fit_line', "cell 3 ('x = 1')")
        """
        if self.grade_id:
            return f"cell {self.grade_id}"
        first = self.source.strip().partition("\n")[0]
        return f"cell {self.number} ({first[:40]!r})"

    @property
    def title(self) -> str:
        """How a student finds it: by its exercise, else by how it begins.

        >>> Cell("a", "x = 1").title
        'the cell that begins “x = 1”'
        """
        if self.role == "solution" and self.grade_id:
            return f"the cell of {self.grade_id}"
        lines = (line.strip() for line in self.source.splitlines())
        first = one_line(next(filter(None, lines), ""))
        return f"the cell that begins “{first if len(first) <= 50 else first[:50] + ' …'}”"


def role_of(grading: Mapping[str, Any]) -> Role:
    """The role of a cell with this nbgrader metadata (empty for an ordinary cell).

    >>> role_of({"grade": True, "solution": False}), role_of({})
    ('test', 'given')
    """
    if grading.get("task"):
        return "task"
    match bool(grading.get("grade")), bool(grading.get("solution")):
        case True, True:
            return "manual"
        case True, False:
            return "test"
        case False, True:
            return "solution"
    return "given"
