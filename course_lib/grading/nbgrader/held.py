"""What the gradebook holds about one hand-in: asked of it, never told from a file's age.

with Gradebook(db_url, course_id) as gradebook:
    found = held(gradebook, "01_basics", "basics", "ada")    # None where it has no such hand-in
found.grades["check_mean"].automatic       # 2.0
found.digest                               # changes with all that a feedback page tells of it
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nbgrader.api import Gradebook, MissingEntry

from course_lib.digest import short


@dataclass(frozen=True)
class Grade:
    """One cell's points; each None where nobody gave any. waiting: for a person."""

    automatic: float | None
    by_hand: float | None
    extra: float | None
    possible: float
    waiting: bool


@dataclass(frozen=True)
class Held:
    """A hand-in's rows. grades, comments: by the cell's name."""

    timestamp: datetime | None
    penalty: float
    grades: Mapping[str, Grade]
    comments: Mapping[str, str | None]

    @property
    def digest(self) -> str:
        """A short name for all of it: two that differ in anything have two."""
        rows = (sorted(self.grades.items()), sorted(self.comments.items()))
        return short((self.timestamp, self.penalty, *rows))


def held(gradebook: Gradebook, assignment: str, notebook: str, student: str) -> Held | None:
    """The rows of this student's hand-in; None where the gradebook has none."""
    try:
        found = gradebook.find_submission_notebook(notebook, assignment, student)
    except MissingEntry:
        return None
    return Held(
        timestamp=found.assignment.timestamp,
        penalty=found.late_submission_penalty or 0.0,
        grades={grade.name: _grade(grade) for grade in found.grades},
        comments={comment.name: comment.comment for comment in found.comments},
    )


def _grade(grade: Any) -> Grade:
    return Grade(
        grade.auto_score,
        grade.manual_score,
        grade.extra_credit,
        grade.max_score,
        grade.needs_manual_grade,
    )
