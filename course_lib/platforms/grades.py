"""What the gradebook holds about one assignment: the points that leave the course.

    for grade in read_grades(root, "01_pendulum"):
        grade.student, grade.score, grade.possible        # "ada", 2.5, 3.0

Points given by hand and late penalties are in it, which no verdict has. Nothing is written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.engine import make_url

from course_lib.authoring.gradebook import refuse_other_schema
from course_lib.authoring.release import settings
from course_lib.errors import CourseError
from course_lib.grading.nbgrader.retried import quick


@dataclass(frozen=True)
class Grade:
    """One student's hand-in. score: raw less the late penalty, never below 0.

    parts: points earned and possible, by graded cell. waiting: whether a person has still to give
    points, which count as 0 so far. time: when it was handed in, UTC.
    """

    student: str
    raw: float
    penalty: float
    possible: float
    first: str = ""
    last: str = ""
    email: str = ""
    time: datetime | None = None
    waiting: bool = False
    parts: dict[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """What counts."""
        return max(0.0, self.raw - self.penalty)


def read_grades(root: Path, assignment: str) -> list[Grade]:
    """Everybody who is graded, in order. Raises CourseError where nobody is."""
    coursedir = CourseDirectory(config=settings(root))
    nothing = CourseError(
        f"nobody's {assignment} is in the gradebook. Next: course grade {assignment}"
    )
    address = make_url(coursedir.db_url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file():
        raise nothing
    refuse_other_schema(coursedir.db_url)
    with quick(), Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
        try:
            found = gradebook.find_assignment(assignment)
        except MissingEntry:
            raise nothing from None
        grades = [_grade(each, found.max_score) for each in found.submissions]
    if not grades:
        raise nothing
    return sorted(grades, key=lambda grade: grade.student)


def _grade(submission: SubmittedAssignment, possible: float) -> Grade:
    student = submission.student
    rows = [row for notebook in submission.notebooks for row in notebook.grades]
    return Grade(
        student.id,
        submission.score,
        submission.late_submission_penalty or 0.0,
        possible,
        student.first_name or "",
        student.last_name or "",
        student.email or "",
        submission.timestamp,
        any(row.needs_manual_grade for row in rows),
        {row.name: (row.score, row.max_score) for row in rows},
    )
