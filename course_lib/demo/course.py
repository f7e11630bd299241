"""A course folder of its own, in which a made-up class is released to, hands in and is graded.

run_demo(Path("."), Path("demo"))        # what `course demo` does
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.text import Text

from course_lib.authoring import release
from course_lib.claims.loading import folders
from course_lib.demo.cohort import HandIn, read_cohort
from course_lib.errors import CourseError
from course_lib.grading.verdict import Verdict, read_verdict
from course_lib.report.cohort.paths import COURSE, page_path
from course_lib.report.grading import grade_assignment
from course_lib.report.run import Request

SIGN = ".made-by-course-demo"  # only a folder with this in it is ever removed
SEED = 2018  # one class, graded alike each time: where a wrong fit stops depends on the data
COPIED = ("nbgrader_config.py", "requirements.lock")  # of the course, where it has them


def run_demo(
    root: Path, folder: Path, jobs: int | None = None, assignment: str | None = None
) -> int:
    """Make the folder anew, release, hand in, grade; returns the exit code of the grading.

    assignment: whose class it is; the first that has one, unless it is given.
    """
    refuse_demo(root)
    assignment = assignment or with_a_class(root)
    console = Console(highlight=False)
    make_course(root, folder, assignment)
    done = release(assignment, folder)
    console.print(
        Text(
            f"Released {assignment}: {done.automatic_points:g} points by checks, "
            f"{done.manual_points:g} by hand."
        )
    )
    stories = hand_in(folder, assignment)
    console.print(Text(f"{len(stories)} hand-ins, as real ones are:\n"))
    for student, story in stories.items():
        first = " ".join(story.partition("\n\n")[0].split())
        words = textwrap.wrap(first, max(40, console.width - 12))
        console.print(Text(f"  {student:8}  " + ("\n" + " " * 12).join(words)))
    console.print()
    code = grade_assignment(Request(folder.resolve(), assignment, jobs=jobs, seed=SEED))
    where_to_look(console, folder, assignment)
    return code


def refuse_demo(root: Path) -> None:
    """Raises CourseError where the course was itself made by a demo."""
    if (root / SIGN).is_file():
        raise CourseError(
            f"{root} is itself a demo. Next: grade what is in it, `course grade NN_topic`, or go "
            "to the course that it was made from"
        )


def where_to_look(console: Console, folder: Path, *assignments: str) -> None:
    """Print where the class's report is, and the page of feedback with most in it."""
    console.print()
    pages = [page_path(folder, name) for name in (COURSE, *assignments)]
    if page := next((page for page in pages if page.is_file()), None):
        console.print(Text(f"What the class did, on one page: {page}"), soft_wrap=True)
    console.print(Text(f"All of this is in {folder}/. Feedback that says something: ", end=""))
    console.print(Text(str(most_to_read(folder, *assignments))), soft_wrap=True)
    jupyter = os.path.relpath(Path(sys.executable).with_name("jupyter"), folder)
    console.print(
        Text(f"Formgrader: cd {folder} && {jupyter} lab, then Nbgrader, Formgrader."),
        soft_wrap=True,
    )


def with_a_class(root: Path) -> str:
    """The first assignment that has a made-up class. Raises CourseError where none has."""
    for name, place in sorted(folders(root).items()):
        if any((place / "cohort").glob("*.py")):
            return name
    raise CourseError(
        f"no assignment of {root} has a made-up class. Next: write one, "
        "assignments/NN_topic/cohort/NAME.py for each student"
    )


def most_to_read(folder: Path, *assignments: str) -> Path:
    """The page of feedback that names most mistakes; the folder of all where nothing is graded."""
    verdicts = [
        verdict
        for assignment in assignments
        for path in sorted((folder / "verdicts" / assignment).glob("[!.]*.json"))
        if (verdict := read_verdict(folder, assignment, path.stem)) is not None
    ]
    if not verdicts:
        return folder / "feedback"
    most = max(verdicts, key=_named)
    page = f"{most['notebook']}.html"
    return folder / "feedback" / most["student"] / most["assignment"] / page


def _named(verdict: Verdict) -> int:
    claims = [claim for check in verdict["checks"] for claim in check["claims"]]
    return len({claim["mistake"] for claim in claims if "mistake" in claim})


def make_course(root: Path, folder: Path, *assignments: str) -> None:
    """Copy what a course needs into a fresh `folder`. Raises CourseError before it removes work."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / SIGN).is_file():
            raise CourseError(
                f"{folder} is there and no demo made it. Next: name another folder, "
                "`course demo DIR`"
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SIGN).write_text(
        "made by `course demo`, which will remove this folder and all in it\n"
    )
    parts = [f"{part}/{name}" for name in assignments for part in ("source", "assignments")]
    for name in (*COPIED, *parts):
        origin, copy = root / name, folder / name
        if not origin.exists():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        if origin.is_dir():
            shutil.copytree(origin, copy, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        else:
            shutil.copy(origin, copy)


def hand_in(folder: Path, assignment: str) -> dict[str, str]:
    """Hand in what the made-up class of an assignment did; each student's story by name."""
    works = read_cohort(folder, assignment)
    write_hand_ins(folder, assignment, works)
    return {student: work.story for student, work in works.items()}


def write_hand_ins(folder: Path, assignment: str, works: Mapping[str, HandIn]) -> None:
    """Put every student's notebook where nbgrader puts it. Raises CohortError."""
    released_path = next((folder / "release" / assignment).glob("*.ipynb"))
    notebook = released_path.name
    released = json.loads(released_path.read_text("utf-8"))
    solved = json.loads((folder / "source" / assignment / notebook).read_text("utf-8"))
    for student, work in works.items():
        place = folder / "submitted" / student / assignment
        place.mkdir(parents=True)
        text = json.dumps(work.notebook(released, solved), indent=1, ensure_ascii=False)
        (place / notebook).write_text(text + "\n", "utf-8")
