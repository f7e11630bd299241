"""Where an exercise is asked: at its test cell's place, as nbgrader runs the test there.

    places = Places(submission.cells)
    places.of("mean")          # 12: the number of its test cell
    places.later("mean")       # the cells after it that change what `mean` is built on

A name may be used again further down ("what if the prior is flat?"), for anything.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Generic, TypeVar

from course_lib.notebook.cell import Cell
from course_lib.notebook.prerequisites import Prerequisites

AnyCell = TypeVar("AnyCell", bound=Cell)

END = math.inf  # the place after all cells


class Places(Generic[AnyCell]):
    """The places of a notebook's tests; nothing is run."""

    def __init__(self, cells: Iterable[AnyCell]) -> None:
        self._cells = tuple(cells)
        self._built = Prerequisites(self._cells)

    def of(self, exercise: str) -> float:
        """The number of its test cell; END where it has none."""
        tests = (cell for cell in self._cells if cell.role == "test" and cell.exercise == exercise)
        return next((cell.number for cell in tests), END)

    def later(self, exercise: str) -> list[AnyCell]:
        """The cells after its test that make something which it is built on, or itself.

        All cells after its test, where it cannot be told from its text what it is built on.
        """
        below = self._built.below(exercise)
        cells = [cell for cell in self._cells if cell.may_run] if below is None else below
        return [cell for cell in cells if cell.number > self.of(exercise)]


def changed_later(cells: Iterable[Cell]) -> str:
    """What is said of an exercise that lost points, where `cells` come later; "" without any."""
    titles = [cell.title for cell in cells]
    if not titles:
        return ""
    more = f" and {len(titles) - 1} more" if len(titles) > 1 else ""
    return (
        f"It was tried as it was at its test cell. What comes later ({titles[0]}{more}) was tried "
        "too, and does not earn more."
    )


AT_THE_END = "It was tried as it is at the end of your notebook, where it earns more than before."
