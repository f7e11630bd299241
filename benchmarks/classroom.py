"""What the benchmarks grade: a course folder with a cohort drawn from the banks.

    with classroom(100, hostile=20) as course: ...      # every 20th hand-in is an attack

A hand-in is the instructor's notebook with, in turn: nothing changed, one known mistake, one right
answer written otherwise (decorated ones among them), two mistakes, one cell that raises. The order
is drawn from a seed, so two runs grade the same class.
"""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course_lib.claims.bank import Entry
from course_lib.grading.course import Course

PROJECT = Path(__file__).resolve().parents[1]
ATTACKS = PROJECT / "tests" / "attacks" / "bank"
ASSIGNMENT, NOTEBOOK = "00_worksheet", "worksheet"
RAISES = 'raise RuntimeError("this is as far as I got")\n'
# Attacks that answer with something else than their last word in a minute of waiting are left out:
# the grader's clock, not its speed, decides how long those take.
PATIENT = tuple(
    "endless awaits stops ignores holds busy slow time daemon bomb flood pieces".split()  # noqa: SIM905 - twelve words are read more easily than quoted ones
)


@contextlib.contextmanager
def classroom(size: int, hostile: int = 0, seed: int = 0, slow: bool = False) -> Iterator[Course]:
    """A course in a temporary folder; every `hostile`-th hand-in attacks, if it is not 0.

    slow: attacks that wait until the grader's clock ends them are among them.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "course"
        for part in (f"release/{ASSIGNMENT}", f"source/{ASSIGNMENT}", f"assignments/{ASSIGNMENT}"):
            shutil.copytree(PROJECT / part, root / part)
        shutil.copy(PROJECT / "nbgrader_config.py", root)
        course = Course(root, ASSIGNMENT)
        for number, replaced in enumerate(_class(course, size, hostile, seed, slow)):
            place = root / "submitted" / f"s{number:05d}" / ASSIGNMENT
            place.mkdir(parents=True)
            (place / f"{NOTEBOOK}.ipynb").write_text(_notebook(replaced), "utf-8")
        yield course


def _class(
    course: Course, size: int, hostile: int, seed: int, slow: bool
) -> Iterator[dict[str, str]]:
    """For each student, the cells that are not the instructor's."""
    bank, draw = course.bank(), random.Random(seed)
    hostile_ones = course.bank(ATTACKS).attacks
    attacks = [a for a in hostile_ones if slow or not any(word in a.slug for word in PATIENT)]
    kinds = ["right", "mistake", "otherwise", "mistakes", "raises"]
    for number in range(size):
        if hostile and number % hostile == hostile - 1:
            yield _cells([draw.choice(attacks)])
            continue
        match kinds[number % len(kinds)]:
            case "mistake":
                yield _cells([draw.choice(bank.mistakes)])
            case "otherwise":
                yield _cells([draw.choice(bank.alternatives)])
            case "mistakes":
                yield _cells(draw.sample(bank.mistakes, 2))
            case "raises":
                yield {draw.choice(bank.mistakes).exercise: RAISES}
            case _:
                yield {}


def _cells(entries: list[Entry]) -> dict[str, str]:
    return {entry.exercise: entry.source for entry in entries}


def _notebook(replaced: dict[str, str]) -> str:
    """As handed in: tests as released, solutions the instructor's but for `replaced`."""
    solved, released = (
        json.loads((PROJECT / folder / ASSIGNMENT / f"{NOTEBOOK}.ipynb").read_text("utf-8"))
        for folder in ("source", "release")
    )
    solutions = {_name(c): c["source"] for c in solved["cells"] if _is_solution(c)}
    for cell in released["cells"]:
        if _is_solution(cell):
            cell["source"] = replaced.get(_name(cell), solutions[_name(cell)])
    return json.dumps(released)


def _name(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _is_solution(cell: dict[str, Any]) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get("solution"))
