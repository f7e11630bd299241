"""`nbgrader export`, with a table in which no cell is a formula and every name keeps to its cell.

In nbgrader_config.py:

    c.ExportApp.plugin_class = "course_lib.grading.nbgrader.export.PlainCsv"

The columns and the numbers are nbgrader's own. nbgrader joins them by commas as they are; names
come from a hub or a learning platform, where people choose them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

from course_lib.grading.submission.markup import csv_cell

COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
)  # fmt: skip


class PlainCsv(ExportPlugin):
    """A line for each assignment and student; quoted where it has to be (RFC 4180)."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the table to `--to`, or to grades.csv."""
        target = Path(self.to or "grades.csv")
        self.log.info("Exporting grades to %s", target)
        with target.open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(COLUMNS)
            for line in self._lines(gradebook):
                table.writerow([csv_cell("" if item is None else item) for item in line])

    def _lines(self, gradebook: Gradebook) -> Iterator[list[Any]]:
        for assignment in gradebook.assignments:
            for student in gradebook.students:
                if self._wanted(assignment.name, student.id):
                    stamp, raw, penalty = _score(gradebook, assignment.name, student.id)
                    yield [
                        assignment.name, assignment.duedate, stamp,
                        student.id, student.last_name, student.first_name, student.email,
                        raw, penalty, max(0.0, raw - penalty), assignment.max_score,
                    ]  # fmt: skip

    def _wanted(self, assignment: str, student: str) -> bool:
        return (not self.assignment or assignment in map(str, self.assignment)) and (
            not self.student or student in map(str, self.student)
        )


def _score(gradebook: Gradebook, assignment: str, student: str) -> tuple[Any, float, float]:
    """When it was handed in, its points, and what being late took of them."""
    try:
        found = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return None, 0.0, 0.0
    return found.timestamp, found.score, found.late_submission_penalty
