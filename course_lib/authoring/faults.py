"""What is wrong with a notebook that is being written: where, what, and what to do about it.

Fault("worksheet.nb.py", "check_fit_line", "is worth 0 points", "give it points > 0")
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One fault: the file, the cell (its grade_id, or `cell 7`), the problem, the next step.

    line: of the file, where the cell begins; 0 where it is not known.
    """

    file: str
    cell: str
    problem: str
    next_step: str
    line: int = 0

    def __str__(self) -> str:
        line = f" (line {self.line})" if self.line else ""
        return f"{self.file}, {self.cell}{line}: {self.problem}\n    next: {self.next_step}"
