"""What is wrong with a notebook that is being written: where, what, and what to do about it.

Fault("worksheet.nb.py", "check_fit_line", "is worth 0 points", "give it points > 0")
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One fault: the file, the cell (its grade_id, or `cell 7`), the problem, the next step."""

    file: str
    cell: str
    problem: str
    next_step: str

    def __str__(self) -> str:
        return f"{self.file}, {self.cell}: {self.problem}\n    next: {self.next_step}"


class AuthoringError(Exception):
    """A notebook cannot be built or released. `faults` says why, all of them at once."""

    def __init__(self, summary: str, faults: Sequence[Fault] = ()) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join([summary, *map(str, self.faults)]))
