"""A report as a table for other programs: `reports/NN_topic.csv`, a line for each exercise of each.

    text = csv_text(figures(root, name))
    text = course_csv(course_figures(root))     # a line for each student

No cell is a formula, whatever a student is called or wrote.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from course_lib.grading.submission.markup import csv_cell
from course_lib.report.cohort.causes import cause_of
from course_lib.report.cohort.course_figures import CourseFigures
from course_lib.report.cohort.figures import Figures

COLUMNS = (
    "student_id", "name", "exercise", "earned", "points", "status", "cause", "mistake", "sentence",
    "hours_late",
)  # fmt: skip


def csv_text(shown: Figures) -> str:
    """The table, its head included; RFC 4180, with plain line ends."""
    return table(COLUMNS, _rows(shown))


def course_csv(shown: CourseFigures) -> str:
    """A line for each student: percent of the points of each assignment, lateness, trend."""
    late = (f"hours_late {name}" for name in shown.assignments)
    columns = ("student_id", "name", *shown.assignments, *late, "mean", "change")
    return table(columns, _course_rows(shown))


def table(columns: tuple[str, ...], rows: Iterator[list[object]]) -> str:
    """Any table as CSV in which no cell is a formula."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([csv_cell("" if item is None else item) for item in row] for row in rows)
    return file.getvalue()


def _course_rows(shown: CourseFigures) -> Iterator[list[object]]:
    for row in shown.rows:
        earned = [row.shares.get(name) for name in shown.assignments]
        late = [row.late.get(name) for name in shown.assignments]
        yield [
            row.student,
            row.name,
            *(None if share is None else f"{100 * share:.1f}" for share in earned),
            *(None if hours is None else f"{hours:.1f}" for hours in late),
            f"{100 * row.mean:.1f}" if row.shares else None,
            None if row.change is None else f"{100 * row.change:.1f}",
        ]


def _rows(shown: Figures) -> Iterator[list[object]]:
    for one in shown.judged:
        student = one["student"]
        late = shown.book.late.get(student)
        for check in one["checks"]:
            cause = cause_of(check)
            yield [
                student,
                shown.names.get(student, student),
                check["exercise"],
                f"{check['earned']:g}",
                f"{check['points']:g}",
                check["status"],
                cause.kind if cause else None,
                cause.name if cause and cause.kind == "known" else None,
                cause.sentence if cause else None,
                f"{late / 3600:.1f}" if late else None,
            ]
