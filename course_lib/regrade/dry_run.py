"""`course grade --dry-run`: grades, and writes nothing into the course.

    code = try_grading(request)

Everything is judged as `course grade` would, in a folder beside the course that has the course's
files by links and a `verdicts/` of its own; that folder is then gone. Verdicts that are still right
are not made again there either. What differs from those in the course is printed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from course_lib.errors import CourseError
from course_lib.grading.course import Course
from course_lib.grading.verdict import Verdict, read_verdict
from course_lib.regrade.folders import compare_verdicts, slim
from course_lib.regrade.printed import console_for, print_comparison
from course_lib.report.grading import graded, students_of
from course_lib.report.printed import to_correct, ungraded
from course_lib.report.run import INTERRUPTED, Request

if TYPE_CHECKING:
    from rich.console import Console

OWN = "verdicts"  # the one folder of a course that is not linked


def try_grading(request: Request, console: Console | None = None) -> int:
    """Judge, compare, print; returns the exit code. Raises CourseError where it cannot start."""
    console = console or console_for()
    if request.scheduler:
        raise CourseError("--dry-run grades on this machine: leave out --scheduler")
    with beside(request.root, request.assignment) as root:
        course = Course(root, request.assignment)
        course.content  # noqa: B018 - read now: a fault in the course is said before anything starts
        students = students_of(course, request.students)
        seed = course.seed() if request.seed is None else request.seed
        then = {who: before for who in students if (before := _stored(request, who))}
        now: list[Verdict] = []
        reused = 0
        try:
            for outcome in graded(course, students, seed, request):
                now.append(slim(dict(outcome.verdict)))
                reused += outcome.reused
        except KeyboardInterrupt:
            console.print("Stopped; nothing was written.")
            return INTERRUPTED
        faults = course.content.faults()
    found = compare_verdicts(then, now)
    left = sorted({name for verdict in now for name in ungraded(verdict)})
    lines = [
        f"{len(now)} of {len(students)} judged, seed {seed}; {reused} of them had not changed. "
        "Nothing was written."
    ]
    if left:
        lines.append(f"Not graded: {', '.join(left)}. Correct it before you grade:")
    lines += to_correct(faults, now)
    code = print_comparison(found, console)
    for line in lines:
        console.print(Text(line), soft_wrap=True)
    if code or found.only_after:
        console.print(Text(f"Next: course grade {request.assignment}"))
    return code


def _stored(request: Request, student: str) -> Verdict | None:
    found = read_verdict(request.root, request.assignment, student)
    return slim(dict(found)) if found else None


@contextlib.contextmanager
def beside(root: Path, assignment: str) -> Iterator[Path]:
    """A course folder that is `root`, but for `verdicts/`, in which anything may be written."""
    with tempfile.TemporaryDirectory(prefix="course-dry-run-") as made:
        copy = Path(made) / root.name
        copy.mkdir()
        for path in root.iterdir():
            if path.name not in (OWN, "gradebook.db"):
                (copy / path.name).symlink_to(path)
        (copy / OWN).mkdir()
        kept = root / OWN / assignment
        if kept.is_dir():
            shutil.copytree(kept, copy / OWN / assignment, copy_function=_linked)
        yield copy


def _linked(source: str, target: str) -> None:
    """A second name for a file, which is never written in place; a copy on another disk."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
