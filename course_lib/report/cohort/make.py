"""Writes reports: `reports/NN_topic.html` and `.csv`, `reports/course.html` and `.csv`.

    write_report(root, "05_hamiltonian")        # what `course grade` does at its end
    print_report(root, None)                    # `course report`: the course and all assignments

Each file is written whole or not at all.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

from rich.console import Console
from rich.text import Text

from course_lib.errors import CourseError
from course_lib.grading.verdict import write_whole
from course_lib.report.cohort.course_figures import course_figures
from course_lib.report.cohort.figures import figures
from course_lib.report.cohort.gradebook import FORMGRADER
from course_lib.report.cohort.judged import graded_assignments
from course_lib.report.cohort.page import assignment_page, course_page
from course_lib.report.cohort.paths import COURSE, page_path
from course_lib.report.cohort.rows import course_csv, csv_text
from course_lib.report.cohort.run_cost import note_run
from course_lib.text import one_line

_TOLD = re.compile(r'<meta name="formgrader" content="([^"]*)">')


def write_report(
    root: Path, assignment: str, *, anonymous: bool = False, formgrader: str | None = None
) -> list[Path]:
    """Write the page of an assignment and its table; an anonymous one is a page alone.

    formgrader: its address; without one, that of the page that is there, else of this machine.
    Raises CourseError where nobody is graded, OSError where nothing can be written.
    """
    if assignment not in graded_assignments(root):
        raise CourseError(
            f"nobody is graded in {assignment}: there is no verdict in verdicts/{assignment}/. "
            f"Next: `course grade {assignment}`"
        )
    shown = figures(root, assignment)
    path = page_path(root, assignment, anonymous=anonymous)
    formgrader = formgrader or _remembered(page_path(root, assignment)) or FORMGRADER
    text = assignment_page(shown, root, anonymous=anonymous, formgrader=formgrader)
    path.parent.mkdir(exist_ok=True)
    write_whole(path, text.encode("utf-8", "replace"))
    if anonymous:
        return [path]
    table = path.with_suffix(".csv")
    write_whole(table, csv_text(shown).encode("utf-8", "replace"))
    return [path, table]


def write_course_report(root: Path, *, anonymous: bool = False) -> list[Path]:
    """Write the page and the table of the course. Raises CourseError and OSError as above."""
    shown = course_figures(root)
    path = page_path(root, COURSE, anonymous=anonymous)
    path.parent.mkdir(exist_ok=True)
    write_whole(path, course_page(shown, anonymous=anonymous).encode("utf-8", "replace"))
    if anonymous:
        return [path]
    table = path.with_suffix(".csv")
    write_whole(table, course_csv(shown).encode("utf-8", "replace"))
    return [path, table]


def after_run(root: Path, assignment: str, seconds: float, judged: int) -> str:
    """At the end of a grading run that judged so many: where the page is, or why it is missing.

    Whatever goes wrong here is only said: the verdicts are there, and this can be repeated.
    """
    try:
        if judged:
            note_run(root, assignment, seconds=seconds, judged=judged)
        return str(write_report(root, assignment)[0].relative_to(root))
    except Exception as error:
        return f"not made ({one_line(error, 200)}). Next: course report {assignment}"


def print_report(
    root: Path, assignment: str | None, *, anonymous: bool = False, formgrader: str | None = None
) -> None:
    """`course report`: write, and say where it is. Without an assignment: the course, and all."""
    made = [] if assignment else write_course_report(root, anonymous=anonymous)
    for name in [assignment] if assignment else graded_assignments(root):
        made += write_report(root, name, anonymous=anonymous, formgrader=formgrader)
    console = Console(highlight=False)
    for path in made:
        console.print(Text(str(path.relative_to(root))), soft_wrap=True)


def _remembered(page: Path) -> str | None:
    """The address of formgrader that a page was last made with."""
    try:
        found = _TOLD.search(page.read_text("utf-8", "replace"))
    except OSError:
        return None
    return unescape(found[1]) if found else None
