"""A course folder of its own, in which a made-up class is released to, hands in and is graded.

run_demo(Path("."), Path("demo"))        # what `course demo` does
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from pathlib import Path

from rich.console import Console
from rich.text import Text

from course_lib.authoring import release
from course_lib.demo.cohort import CohortError, read_cohort
from course_lib.grading.course import CourseError
from course_lib.report.grading import Request, grade_assignment

ASSIGNMENT, NOTEBOOK = "00_worksheet", "worksheet"
SIGN = ".made-by-course-demo"  # only a folder with this in it is ever removed
SEED = 2018  # one class, graded alike each time: where a wrong fit stops depends on the data
COPIED = (
    "nbgrader_config.py",
    "pyproject.toml",
    "requirements.lock",
    f"source/{ASSIGNMENT}",
    f"bank/{ASSIGNMENT}/mistakes",  # so that a mistake can be named
)


def run_demo(root: Path, folder: Path, jobs: int | None = None) -> int:
    """Make the folder anew, release, hand in, grade; returns the exit code of the grading."""
    if (root / SIGN).is_file():
        raise CourseError(
            f"{root} is itself a demo. Next: grade it, `course grade {ASSIGNMENT}`, or go to the "
            "course that it was made from"
        )
    console = Console(highlight=False)
    make_course(root, folder)
    done = release(ASSIGNMENT, folder)
    console.print(
        Text(
            f"Released {ASSIGNMENT}: {done.automatic_points:g} points by checks, "
            f"{done.manual_points:g} by hand."
        )
    )
    console.print(Text("Twelve hand-ins, as real ones are:\n"))
    for student, story in hand_in(root, folder).items():
        first = " ".join(story.partition("\n\n")[0].split())
        words = textwrap.wrap(first, max(40, console.width - 12))
        console.print(Text(f"  {student:8}  " + ("\n" + " " * 12).join(words)))
    console.print()
    code = grade_assignment(Request(folder.resolve(), ASSIGNMENT, jobs=jobs, seed=SEED))
    console.print()
    console.print(Text(f"All of this is in {folder}/. Feedback that says something: ", end=""))
    page = folder / "feedback" / "dora" / ASSIGNMENT / f"{NOTEBOOK}.html"
    console.print(Text(str(page)), soft_wrap=True)
    jupyter = os.path.relpath(Path(sys.executable).with_name("jupyter"), folder)
    console.print(
        Text(f"Formgrader: cd {folder} && {jupyter} lab, then Nbgrader, Formgrader."),
        soft_wrap=True,
    )
    return code


def make_course(root: Path, folder: Path) -> None:
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
    for name in COPIED:
        origin, copy = root / name, folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if origin.is_dir():
            shutil.copytree(origin, copy, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        else:
            shutil.copy(origin, copy)


def hand_in(root: Path, folder: Path) -> dict[str, str]:
    """Put every student's notebook where nbgrader puts it; each student's story by name."""
    released = json.loads(
        (folder / "release" / ASSIGNMENT / f"{NOTEBOOK}.ipynb").read_text("utf-8")
    )
    solved = json.loads((folder / "source" / ASSIGNMENT / f"{NOTEBOOK}.ipynb").read_text("utf-8"))
    stories = {}
    try:
        for student, work in read_cohort(root, ASSIGNMENT).items():
            place = folder / "submitted" / student / ASSIGNMENT
            place.mkdir(parents=True)
            text = json.dumps(work.notebook(released, solved), indent=1, ensure_ascii=False)
            (place / f"{NOTEBOOK}.ipynb").write_text(text + "\n", "utf-8")
            stories[student] = work.story
    except CohortError as error:
        raise CourseError(str(error)) from None
    return stories
