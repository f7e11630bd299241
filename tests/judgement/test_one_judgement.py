"""`check`, `watch`, `validate`, `autograde` and `grade` give every hand-in the same points.

COURSE_EVERY=1 pytest tests/judgement -m slow     # all five read all hand-ins of the small course
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from course_lib.demo.cohort import read_cohort
from course_lib.grading.nbgrader.writer import Writer
from tests.course_folder import PROJECT
from tests.judgement import readers
from tests.judgement.habits import Files, Habits

TINY = PROJECT / "tests" / "courses" / "tiny"
WORKSHEET = PROJECT
BELOW = "del sieve\nimport math as np\nimport numpy as np"  # below every test
WRONG = {"blank", "stub left above", "broken solution"}  # what is not a right answer


def notebooks(root: Path, assignment: str) -> tuple[dict, dict, str]:
    """The released notebook, the solved one, and their name."""
    (released,) = (root / "release" / assignment).glob("*.ipynb")
    solved = root / "source" / assignment / released.name
    return json.loads(released.read_text()), json.loads(solved.read_text()), released.stem


def course(root: Path, assignment: str, to: Path) -> Path:
    """A course folder with one assignment of another course, ready for hand-ins."""
    for part in ("release", "source", "assignments"):
        shutil.copytree(
            root / part / assignment,
            to / part / assignment,
            ignore=shutil.ignore_patterns("__pycache__", "tests"),
        )
    shutil.copy(PROJECT / "nbgrader_config.py", to)
    return to


def hand_in(root: Path, assignment: str, student: str, files: Files) -> Path:
    """Put a hand-in where it is graded, and a copy where its author would have it."""
    name, *_ = files
    for folder in (root / "submitted" / student / assignment, root / "students" / student):
        folder.mkdir(parents=True)
        for file, content in files.items():
            text = content if isinstance(content, str) else json.dumps(content)
            (folder / file).write_text(text, "utf-8")
    return root / "students" / student / name


def by_students_readers(path: Path) -> dict[str, readers.Points]:
    """Points by `check` and `watch`, and by `validate` whether each exercise has all of them."""
    return {
        "check": readers.check(path),
        "watch": readers.watch(path),
        "validate": {name: float(ok) for name, ok in readers.validated(path).items()},
    }


def differing(found: Mapping[str, readers.Points], possible: readers.Points) -> list[str]:
    """The exercises on which the readers do not agree."""
    grade = found["grade"]
    return [
        f"{reader} {name}: {points.get(name)}, grade: {grade[name]} of {possible[name]}"
        for reader, points in found.items()
        for name in grade
        if points.get(name)
        != (grade[name] == possible[name] if reader == "validate" else grade[name])
    ]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return course(TINY, "01_basics", tmp_path_factory.mktemp("tiny") / "course")


@pytest.mark.slow
def test_a_notebook_with_everything_in_it_is_judged_as_one(tiny: Path) -> None:
    released, solved, name = notebooks(TINY, "01_basics")
    habits = Habits(released, solved, name, "mean")
    path = hand_in(tiny, "01_basics", "everything", habits.everything())
    found = by_students_readers(path) | {"grade": readers.graded(tiny, "01_basics")["everything"]}
    assert differing(found, found["grade"]) == []
    assert sum(found["grade"].values()) == 27.0
    verdict = json.loads((tiny / "verdicts" / "01_basics" / "everything.json").read_text("utf-8"))
    stopped = [line for line in verdict["remarks"] if "was edited, and stopped here" in line]
    assert len(stopped) == 1 and "No module named 'seaborn" in stopped[0]
    told = " ".join(verdict["notices"])
    assert stopped[0] in told and "`!pip install -q emcee corner`" in told


def test_an_answer_below_its_test_counts_for_students_too(tiny: Path) -> None:
    released, solved, name = notebooks(TINY, "01_basics")
    files = Habits(released, solved, name, "mean").answer_at_the_end()
    files[f"{name}.ipynb"]["cells"].append(files[f"{name}.ipynb"]["cells"][-1] | {"source": BELOW})
    path = hand_in(tiny, "01_basics", "below", files)
    assert sum(readers.check(path).values()) == 27.0


SOME = ("fatima",)  # wrong in parts; what is damaged is among the habits
EVERY = int(os.environ.get("COURSE_EVERY", "8"))
SLOW = [("01_basics", TINY, "mean"), ("00_worksheet", WORKSHEET, "log_prior")]


@pytest.mark.slow
@pytest.mark.parametrize(("assignment", "source", "first"), SLOW)
def test_every_hand_in_earns_the_same_by_all_five(assignment, source, first, tmp_path) -> None:
    """All habits are graded, and right; the other four read every eighth of the small course's.

    Where TensorFlow is imported each time, every sixteenth habit is graded, and one of the
    class is read by all.
    """
    released, solved, name = notebooks(source, assignment)
    habits = Habits(released, solved, name, first).all()
    students: dict[str, Files] = {}
    if (source / "assignments" / assignment / "cohort").is_dir():
        students = {
            student: {f"{name}.ipynb": work.notebook(released, solved)}
            for student, work in read_cohort(source, assignment).items()
            if student in SOME
        }
        habits = {what: habits[what] for what in ("right", *[*habits][::16])}
    root = course(source, assignment, tmp_path / "course")
    hand_ins = {what.replace(" ", "_"): files for what, files in (habits | students).items()}
    paths = {s: hand_in(root, assignment, s, files) for s, files in hand_ins.items()}
    graded = readers.graded(root, assignment)
    again = tmp_path / "again"  # with one verdict, which says the seed: nbgrader makes the others
    keep = f"verdicts/{assignment}/right.json"
    read_by_all = {"right", *(students or [*hand_ins][::EVERY])}
    parts = [f"submitted/{student}" for student in read_by_all]
    for part in ("release", "source", "assignments", *parts):
        shutil.copytree(root / part, again / part)
    for file in ("nbgrader_config.py", keep):
        (again / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / file, again / file)
    Writer(again).register(assignment)
    autograded = readers.autograded(again, assignment)
    possible, wrong = graded["right"], {}
    for student, path in paths.items():
        grade, problems = graded[student], []
        if student in read_by_all:
            found = by_students_readers(path) | {"grade": grade}
            problems = differing(found, possible)
            if autograded[student] != pytest.approx(sum(grade.values())):
                problems.append(f"autograde: {autograded[student]}")
            points = [f"{reader} {sum(won.values()):g}" for reader, won in found.items()]
            print(f"{student:25}", *points, f"autograde {autograded[student]:g}", flush=True)
        if student not in students and student.replace("_", " ") not in WRONG:
            problems += [f"grade {n}: {p}" for n, p in grade.items() if p != possible[n]]
        if problems:
            wrong[student] = problems
    assert wrong == {}
