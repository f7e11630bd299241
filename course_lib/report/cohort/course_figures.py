"""Figures of a whole course: who earned how much in each assignment, and where that leads.

shown = course_figures(root)
shown.rows[0].shares["05_hamiltonian"], shown.rows[0].change
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, quantiles

from course_lib.errors import CourseError
from course_lib.grading.submission.hand_in_folders import hand_in_folders
from course_lib.report.cohort.carry_over import CarriedOver, carried_over
from course_lib.report.cohort.gradebook import read_gradebook
from course_lib.report.cohort.judged import Judged, graded_assignments, name_of, read_class

AT_AN_END = 2  # assignments that are averaged at each end to tell a trend
TREND = 0.15  # of the points: smaller changes are not called one


@dataclass(frozen=True)
class Row:
    """One student. shares: of the points by checks, by assignment; late: hours, by assignment.

    change: share in the last two that were handed in less that in the first two; None with fewer
    than three. left_after: the last assignment that was handed in, if others came after it.
    """

    student: str
    name: str
    shares: Mapping[str, float]
    late: Mapping[str, float]
    change: float | None
    left_after: str

    @property
    def mean(self) -> float:
        """Of the assignments that were handed in."""
        return fmean(self.shares.values()) if self.shares else 0.0


@dataclass(frozen=True)
class CourseFigures:
    """All assignments that are graded. spread: lower quartile, median, upper one, in percent."""

    assignments: tuple[str, ...]
    rows: tuple[Row, ...]
    spread: tuple[tuple[float, float, float], ...]
    carried: tuple[CarriedOver, ...]

    @property
    def names(self) -> dict[str, str]:
        """By id."""
        return {row.student: row.name for row in self.rows}

    def falling(self) -> list[Row]:
        """Whose share falls, the fastest first, among those who still hand in."""
        rows = [row for row in self.rows if row.change is not None and not row.left_after]
        return sorted((r for r in rows if (r.change or 0) <= -TREND), key=lambda r: r.change or 0)

    def left(self) -> list[Row]:
        """Who handed in something, and nothing since."""
        return sorted((r for r in self.rows if r.left_after), key=lambda r: (r.left_after, r.name))

    def often_late(self) -> list[Row]:
        """Who was late, most often first."""
        late = [row for row in self.rows if row.late]
        return sorted(late, key=lambda row: (-len(row.late), row.name))


def course_figures(root: Path) -> CourseFigures:
    """Read all verdicts and the gradebook. Raises CourseError where nobody is graded."""
    classes = {name: read_class(root, name)[0] for name in graded_assignments(root)}
    classes = {name: judged for name, judged in classes.items() if judged}
    if not classes:
        raise CourseError("nobody is graded yet: verdicts/ is empty. Next: course grade NN_topic")
    books = {name: read_gradebook(root, name) for name in classes}
    late = {name: book.late for name, book in books.items()}
    roster = next(iter(books.values())).roster
    there = {name: hand_in_folders(root, name) for name in classes}
    return figures_of(classes, late, roster, there)


def figures_of(
    classes: Mapping[str, Sequence[Judged]],
    late: Mapping[str, Mapping[str, float]],
    roster: Mapping[str, str],
    handed_in: Mapping[str, Collection[str]],
) -> CourseFigures:
    """classes: verdicts by assignment; late: seconds by assignment and id; roster: names by id.

    handed_in: ids by assignment, also of those who are not graded yet.
    """
    names = {**roster, **{o["student"]: name_of(o) for judged in classes.values() for o in judged}}
    shares: dict[str, dict[str, float]] = {student: {} for student in names}
    for assignment, judged in classes.items():
        for one in judged:
            shares[one["student"]][assignment] = one["earned"] / max(one["possible"], 1e-9)
    rows = [
        Row(
            student,
            names[student],
            shares[student],
            {
                a: late[a][student] / 3600
                for a in shares[student]
                if late.get(a, {}).get(student, 0.0) > 0
            },
            change_of(list(shares[student].values())),
            _left_after([(a, a in shares[student] or student in handed_in[a]) for a in classes]),
        )
        for student in sorted(names, key=lambda student: (names[student].casefold(), student))
    ]
    spread = tuple(
        _spread([row.shares[name] for row in rows if name in row.shares]) for name in classes
    )
    return CourseFigures(tuple(classes), tuple(rows), spread, tuple(carried_over(classes)))


def change_of(shares: Sequence[float]) -> float | None:
    """How much the last ones are above the first ones.

    >>> change_of([0.5, 0.5, 1.0]), change_of([0.5, 1.0])
    (0.25, None)
    """
    if len(shares) <= AT_AN_END:
        return None
    return fmean(shares[-AT_AN_END:]) - fmean(shares[:AT_AN_END])


def _left_after(handed_in: Sequence[tuple[str, bool]]) -> str:
    """The last assignment that was handed in, if others came after it."""
    last = max((place for place, (_, there) in enumerate(handed_in) if there), default=-1)
    return handed_in[last][0] if 0 <= last < len(handed_in) - 1 else ""


def _spread(shares: Sequence[float]) -> tuple[float, float, float]:
    percent = [100 * share for share in shares]
    if len(percent) < 2:
        return percent[0], percent[0], percent[0]
    low, middle, high = quantiles(percent, n=4, method="inclusive")
    return low, middle, high
