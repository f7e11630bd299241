"""`course export`: grades as a platform's own table, and feedback as the zip that it takes back.

code = export_grades(Request(root, "01_pendulum", "canvas", Path("gradebook.csv")))
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

from course_lib.errors import CourseError
from course_lib.notebook.released_notebook import ReleasedNotebook
from course_lib.platforms import tables
from course_lib.platforms.collected import read_collected
from course_lib.platforms.feedback import TAKES_BACK, feedback_zip
from course_lib.platforms.grades import read_grades
from course_lib.platforms.roster import read_roster
from course_lib.text import one_line

DONE, LEFT = 0, 1
SHOWN = 30  # names that are shown before the rest is counted


@dataclass(frozen=True)
class Request:
    """What `course export` was asked for. to: the folder that gets the files."""

    root: Path
    assignment: str
    format: str
    roster: Path | None = None
    column: str | None = None
    to: Path | None = None


def export_grades(request: Request, console: Console | None = None) -> int:
    """Write the files and say what is in them; returns the exit code.

    Raises CourseError where there is nothing to export, or the roster is not the platform's.
    """
    console = console or Console(highlight=False)
    root, assignment, wanted = request.root, request.assignment, request.format
    if wanted in TAKES_BACK and request.roster is None:
        raise CourseError(NEEDS_ROSTER[wanted])
    roster = read_roster(request.roster) if request.roster else []
    grades = read_grades(root, assignment)
    collected = read_collected(root, assignment)
    known = tables.on_roster(grades, roster, collected)
    folder = request.to or root / "exports"
    path = folder / f"{assignment}.{wanted}.csv"
    table = None
    match wanted:
        case "json":
            path = path.with_suffix("").with_suffix(".json")
            tables.write_json(tables.as_json(grades, assignment), path)
        case "moodle":
            table = tables.moodle(grades, roster, known)
        case "canvas":
            table = tables.canvas(grades, roster, known, assignment, request.column)
        case "gradescope":
            table = tables.gradescope(grades, known)
        case _:
            path = folder / f"{assignment}.csv"
            table = tables.plain(grades, assignment)
    left = False
    if table is not None:
        tables.write_table(table, path)
        _say(console, f"{path}: {len(grades) - len(table.without)} graded")
        for remark in table.remarks:
            _say(console, remark)
        left = bool(table.without)
        _list(console, "Graded, and not on the roster", table.without)
    else:
        _say(console, f"{path}: {len(grades)} graded")
    _list(
        console,
        "Waiting for points given by hand, which count as 0 so far",
        [grade.student for grade in grades if grade.waiting],
    )
    if wanted in TAKES_BACK:
        notebook = ReleasedNotebook.load(root, assignment).notebook
        to = folder / f"{assignment}.{wanted}-feedback.zip"
        students = [grade.student for grade in grades]
        made = feedback_zip(root, assignment, notebook, wanted, students, collected, to)
        if made.pages:
            _say(console, f"{to}: {made.pages} feedback pages")
        _list(
            console, "Without a page in it", [f"{who}: {why}" for who, why in made.without.items()]
        )
        left = left or bool(made.without)
    return LEFT if left else DONE


NEEDS_ROSTER = {
    "moodle": "Moodle's numbers are in its grading worksheet. Next: download it in Moodle from the "
    "assignment's page, and name it with --roster",
    "canvas": "Canvas's numbers are in its gradebook. Next: in Canvas open Grades, Export, and "
    "name that file with --roster",
}


def _say(console: Console, text: str) -> None:
    console.print(Text(text), soft_wrap=True)


def _list(console: Console, title: str, lines: list[str]) -> None:
    """A title and the first of some lines."""
    if not lines:
        return
    _say(console, f"{title}:")
    for line in lines[:SHOWN]:
        _say(console, f"  {one_line(line, 300)}")
    if len(lines) > SHOWN:
        _say(console, f"  and {len(lines) - SHOWN} more")
