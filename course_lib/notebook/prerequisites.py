"""Which exercises an exercise is built on, read off a notebook's cells; and what is said of it.

    found = Prerequisites(submission.cells)
    found.exercises("hmc", assignment.exercises)       # ["energy", "leapfrog"]
    fix_first(["log_prior"])                          # "It is built on log_prior, which …"

A function that calls a wrong one gives wrong answers, even if its own cell is right. So what is
under it is to be fixed first, and nothing is guessed about its own cell before that.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Generic, TypeVar

from course_lib.notebook.cell import Cell
from course_lib.notebook.code import Code
from course_lib.notebook.dependencies import Names, made_from
from course_lib.text import listed

AnyCell = TypeVar("AnyCell", bound=Cell)


class Prerequisites(Generic[AnyCell]):
    """The cells of a notebook, by the names that they make and read; nothing is run."""

    def __init__(self, cells: Iterable[AnyCell]) -> None:
        self._cells = [cell for cell in cells if cell.may_run]

    @cached_property
    def _names(self) -> list[Names]:
        return [Names.of(cell.code) for cell in self._cells]

    def code(self, exercise: str, before: float = math.inf) -> Code:
        """What its function or class is written as, in the cells before a place in the notebook."""
        return Code.in_cells((cell for cell in self._cells if cell.number < before), exercise)

    def below(self, exercise: str) -> list[AnyCell] | None:
        """The cells on which it is built, its own among them; None where that cannot be told."""
        found = made_from({exercise}, dict(enumerate(self._names)))
        if not all(self._names[n].readable for n in found):
            return None
        return [self._cells[n] for n in sorted(found)]

    def exercises(self, exercise: str, among: Iterable[str]) -> list[str]:
        """Those `among` these, in their order, on which it is built, as far as can be told."""
        others = [name for name in among if name != exercise]
        found = {cell.grade_id for cell in self.below(exercise) or ()} if others else set()
        return [name for name in others if name in found]


def fix_first(wrong: Sequence[str]) -> str:
    """What is said of an exercise that is built on `wrong` ones; "" where there are none."""
    if not wrong:
        return ""
    which = "is not right yet: fix that" if len(wrong) == 1 else "are not right yet: fix those"
    then = "this may come right by itself"
    return f"It is built on {listed(wrong)}, which {which} first, and {then}."
