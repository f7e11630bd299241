"""`course grade-notebook`: one notebook in, one verdict out, for scripts.

code = print_verdict(Path("ada.ipynb"), source=Path("means.ipynb"), into="-")
"""

from __future__ import annotations

import sys
from pathlib import Path

from course_lib.errors import CourseError
from course_lib.feedback import card
from course_lib.grading.one_notebook import by_assignment, by_source, grade_notebook
from course_lib.grading.pool.grader import Options
from course_lib.grading.verdict import Verdict, as_json, write_whole
from course_lib.text import in_points

ALL, SOME, NOT_GRADED = 0, 1, 2


def print_verdict(
    notebook: Path,
    *,
    root: Path | None = None,
    assignment: str | None = None,
    source: Path | None = None,
    data: Path | None = None,
    into: str | None = None,
    student: str = "student",
    seed: int | None = None,
    unjailed: bool = False,
) -> int:
    """Grade `notebook`, write the verdict to the file `into` ("-" is stdout) or in words.

    Returns the exit code. Raises CourseError where nothing can be graded.
    """
    if (assignment is None) == (source is None):
        raise CourseError("name either --assignment NN_topic or --source INSTRUCTOR.ipynb")
    by = (
        by_source(source, data, seed)
        if source is not None
        else by_assignment(assignment or "", root, notebook.stem, seed)
    )
    verdict = grade_notebook(notebook, by, Options(insist=not unjailed), student)
    if into is None:
        print(in_words(verdict))
    elif into == "-":
        sys.stdout.write(as_json(verdict))
    else:
        write_whole(Path(into).absolute(), as_json(verdict).encode())
    return exit_code(verdict)


def exit_code(verdict: Verdict) -> int:
    """0: all points that tests give; 1: some are missing; 2: a fault of the assignment's author."""
    if any(check["status"] == "ungraded" for check in verdict["checks"]):
        return NOT_GRADED
    return ALL if verdict["earned"] >= verdict["possible"] else SOME


def in_words(verdict: Verdict) -> str:
    """The points, each exercise in lines, what else is to be said."""
    lines = [card.text(check) for check in verdict["checks"]]
    lines += verdict.get("notices", [])
    return "\n".join([*lines, f"{verdict['earned']:g} of {in_points(verdict['possible'])}"])
