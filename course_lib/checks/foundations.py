"""Which exercises an exercise is built on, read off a notebook's cells; and what is said of it.

    found = Foundations(submission.cells)
    found.exercises("log_prob", checks.exercises)      # ["tf_log_like_log_s", "log_prior"]
    mend_first(["log_prior"])                          # "It is built on log_prior, which …"

A function that calls a wrong one gives wrong answers, whatever stands in its own cell. So what is
under it is to be mended first, and nothing is guessed about its own cell before that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from course_lib.checks.dependencies import Names, made_from


class Cell(Protocol):
    """What is looked at of a notebook's cell."""

    @property
    def source(self) -> str:
        """Its text."""

    @property
    def grade_id(self) -> str | None:
        """The exercise that is written there, if one is."""

    @property
    def may_run(self) -> bool:
        """Whether it is code, and no test."""


AnyCell = TypeVar("AnyCell", bound=Cell)


class Foundations(Generic[AnyCell]):
    """The cells of a notebook, by the names that they make and read; nothing is run."""

    def __init__(self, cells: Iterable[AnyCell]) -> None:
        self._cells = [cell for cell in cells if cell.may_run]

    @cached_property
    def _names(self) -> list[Names]:
        return [Names.of(cell.source) for cell in self._cells]

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


def mend_first(wrong: Sequence[str]) -> str:
    """What is said of an exercise that is built on `wrong` ones; "" where there are none."""
    if not wrong:
        return ""
    which = "is not right yet: mend that" if len(wrong) == 1 else "are not right yet: mend those"
    *others, last = wrong
    names = f"{', '.join(others)} and {last}" if others else last
    return f"It is built on {names}, which {which} first."
