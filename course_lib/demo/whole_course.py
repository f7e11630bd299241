"""One made-up class through all lessons of a course: one gradebook, one export.

run_whole_course(Path("."), Path("demo"))        # what `course demo --all` does
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from course_lib.authoring import release
from course_lib.authoring.release import settings, tools_on_path
from course_lib.claims.loading import folders
from course_lib.demo.course import SEED, make_course, refuse_demo, where_to_look, write_hand_ins
from course_lib.demo.students import KINDS, NAMES, Lesson, Student, make_students
from course_lib.errors import CourseError
from course_lib.grading.nbgrader.export import PlainCsv
from course_lib.grading.verdict import read_verdict
from course_lib.report.cohort.make import write_course_report
from course_lib.report.grading import grade_assignment
from course_lib.report.run import INTERRUPTED, Request

FIRST_DUE = datetime(2026, 9, 21, 12, 0, tzinfo=UTC)  # a Monday; one lesson a week
CLASS, GRADES = "class.csv", "grades.csv"


def run_whole_course(
    root: Path, folder: Path, jobs: int | None = None, size: int = len(NAMES)
) -> int:
    """Make the folder anew; release, hand in and grade each lesson; export. Returns an exit code.

    size: how many students, at most thirty. The exit code is the worst of the grading runs.
    """
    refuse_demo(root)
    names = lessons_of(root)
    console = Console(highlight=False)
    make_course(root, folder, *names)
    lessons = [Lesson.read(folder, name) for name in names]
    students = make_students(size, lessons)
    _tell(console, students)
    _write_class(folder, students)
    codes, handed_in = [], 0
    for number, lesson in enumerate(lessons):
        works = {s: work for s in students if (work := s.work(lessons, number)) is not None}
        late = sum(student.hours_late(number) > 0 for student in works)
        console.print()
        console.rule(Text(f"Lesson {number + 1} of {len(lessons)}: {lesson.name}"), align="left")
        done = release(lesson.name, folder, packed=False)
        console.print(
            Text(
                f"Released: {done.automatic_points:g} points by checks, {done.manual_points:g} by "
                f"hand. {len(works)} hand-ins, {late} of them late."
            )
        )
        write_hand_ins(folder, lesson.name, {s.name: work for s, work in works.items()})
        _set_times(folder, lesson.name, number, list(works))
        codes.append(grade_assignment(Request(folder.resolve(), lesson.name, jobs=jobs, seed=SEED)))
        if codes[-1] == INTERRUPTED:
            return INTERRUPTED
        handed_in += len(works)
    rows = export(folder)
    console.print()
    console.rule(Text("The class"), align="left")
    _points_by_kind(console, folder, students, names)
    console.print(
        Text(
            f"{len(students)} students, {len(names)} lessons, {handed_in} hand-ins. Who is who is "
            f"in {folder / CLASS}, all grades in {folder / GRADES} ({rows} rows; "
            "`nbgrader export` writes it anew)."
        ),
        soft_wrap=True,
    )
    write_course_report(folder.resolve())
    where_to_look(console, folder, *names)
    return max(codes)


def lessons_of(root: Path) -> list[str]:
    """The assignments that have a source, in order. Raises CourseError where there is none."""
    found = [name for name in sorted(folders(root)) if (root / "source" / name).is_dir()]
    if not found:
        raise CourseError(f"{root} has no assignments. Next: `course new 01_topic` starts one")
    return found


def _tell(console: Console, students: Sequence[Student]) -> None:
    console.print(Text(f"A class of {len(students)}:\n"))
    width = max(map(len, KINDS))
    for kind, (_, words) in KINDS.items():
        names = [student.name for student in students if student.kind == kind]
        if names:
            console.print(Text(f"  {kind:{width}}  {words}"))
            console.print(Text(f"  {'':{width}}  {', '.join(names)}"))


def _write_class(folder: Path, students: Sequence[Student]) -> None:
    """Say in a table which kind each student is, for whoever looks at the results."""
    with (folder / CLASS).open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["student", "kind", "story"])
        table.writerows([each.name, each.kind, each.story] for each in students)


def _set_times(folder: Path, lesson: str, number: int, students: Sequence[Student]) -> None:
    """Give a lesson its due date, and each hand-in the time at which it came."""
    due = FIRST_DUE + timedelta(weeks=number)
    with tools_on_path(), _gradebook(folder) as gradebook:
        gradebook.update_or_create_assignment(lesson, duedate=_in_words(due))
    for student in students:
        came = due + timedelta(hours=student.hours_late(number))
        place = folder / "submitted" / student.name / lesson / "timestamp.txt"
        place.write_text(_in_words(came), "utf-8")


def _in_words(time: datetime) -> str:
    """A time as nbgrader's exchange writes it."""
    return time.strftime("%Y-%m-%d %H:%M:%S.%f %Z")


def export(folder: Path) -> int:
    """Write all grades as `nbgrader export` does; how many rows there are below the head."""
    target = folder / GRADES
    with tools_on_path(), _gradebook(folder) as gradebook:
        PlainCsv(to=str(target)).export(gradebook)
    with target.open(newline="", encoding="utf-8") as file:
        return sum(1 for _ in csv.DictReader(file))


def _gradebook(folder: Path) -> Gradebook:
    course = CourseDirectory(config=settings(folder.resolve()))
    return Gradebook(course.db_url, course.course_id)


def _points_by_kind(
    console: Console, folder: Path, students: Sequence[Student], names: Sequence[str]
) -> None:
    """Print what share of a lesson's points each kind of student earned, by checks, in percent."""
    title = "Points by checks, in percent of each lesson's"
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), title=title)
    table.add_column("kind", no_wrap=True)
    for name in ("students", "hand-ins", *(name.partition("_")[0] for name in names)):
        table.add_column(name, justify="right", no_wrap=True)
    for kind in KINDS:
        those = [student for student in students if student.kind == kind]
        if those:
            shares = [_shares(folder, name, those) for name in names]
            means = [f"{100 * sum(s) / len(s):.0f}" if s else "" for s in shares]
            count = sum(map(len, shares))
            table.add_row(kind, str(len(those)), str(count), *means)
    console.print(table)


def _shares(folder: Path, name: str, students: Sequence[Student]) -> list[float]:
    """The share of points of each of these students who handed a lesson in."""
    verdicts = [read_verdict(folder, name, student.name) for student in students]
    return [v["earned"] / max(v["possible"], 1e-9) for v in verdicts if v is not None]
