"""What nbgrader's gradebook knows of a class: who is in it, who was late, what is still to be read.

    book = read_gradebook(root, "05_hamiltonian")
    book.waiting[0].student, book.waiting[0].cell    # an answer that nobody has read yet

It is only read. Where there is no gradebook yet, or it cannot be read, everything is empty, and
`trouble` says why.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from nbgrader.api import (
    BaseCell,
    Grade,
    Gradebook,
    MissingEntry,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from course_lib.authoring.gradebook import refuse_other_schema
from course_lib.authoring.release import settings
from course_lib.errors import CourseLibError
from course_lib.text import one_line

FORMGRADER = "http://localhost:8888/formgrader"  # where `jupyter lab` shows it on one's own machine


@dataclass(frozen=True)
class Waiting:
    """An answer that a person has still to grade. submission: its number in formgrader."""

    student: str
    cell: str
    points: float
    submission: str

    def link(self, formgrader: str) -> str:
        """The address of formgrader's page of this hand-in, at this answer."""
        return f"{formgrader.rstrip('/')}/submissions/{quote(self.submission)}/#{quote(self.cell)}"


@dataclass(frozen=True)
class Book:
    """roster: ids, with names. late: seconds, by id. by_hand: points that a person gave, by id."""

    roster: dict[str, str] = field(default_factory=dict)
    late: dict[str, float] = field(default_factory=dict)
    by_hand: dict[str, float] = field(default_factory=dict)
    waiting: tuple[Waiting, ...] = ()
    trouble: str = ""


def read_gradebook(root: Path, assignment: str) -> Book:
    """The roster, and of one assignment who was late and which answers wait to be read."""
    try:
        course = CourseDirectory(config=settings(root))
        url = make_url(course.db_url)
        if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
            return Book(trouble="there is no gradebook yet")
        refuse_other_schema(course.db_url)
        with Gradebook(course.db_url, course.course_id) as gradebook:
            return _read(gradebook, assignment)
    except (CourseLibError, SQLAlchemyError) as error:
        return Book(trouble=one_line(error, 300))


def _read(gradebook: Gradebook, assignment: str) -> Book:
    roster = {each.id: _name(each) for each in gradebook.students}
    try:
        found = gradebook.find_assignment(assignment)
    except MissingEntry:
        return Book(roster)
    late = {s.student_id: float(s.total_seconds_late or 0.0) for s in found.submissions}
    # one question for the class: through nbgrader's objects it would be some for each student
    rows = (
        gradebook.db.query(
            SubmittedAssignment.student_id,
            SubmittedNotebook.id,
            BaseCell.name,
            Grade.max_score,
            Grade.manual_score,
            Grade.needs_manual_grade,
        )
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .filter(SubmittedAssignment.assignment_id == found.id)
        .all()
    )
    by_hand: dict[str, float] = {}
    waiting = []
    for student, submission, cell, points, given, needed in rows:
        if given is not None:
            by_hand[student] = by_hand.get(student, 0.0) + float(given)
        if needed:
            waiting.append(Waiting(student, cell, float(points or 0.0), submission))
    waiting.sort(key=lambda each: (each.cell, roster.get(each.student, each.student)))
    return Book(roster, late, by_hand, tuple(waiting))


def _name(student: object) -> str:
    """What people call a student: first and last name, else the id."""
    parts = [getattr(student, part, None) for part in ("first_name", "last_name")]
    return " ".join(part for part in parts if part) or str(getattr(student, "id", ""))
