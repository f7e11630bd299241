"""A small class whose mistakes are known, really graded: the report after the run names them."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from course_lib.authoring import release
from course_lib.demo.cohort import HandIn
from course_lib.demo.course import write_hand_ins
from course_lib.demo.students import Lesson
from tests.cli.conftest import run

TINY = Path(__file__).parents[1] / "courses" / "tiny"
NAME = "02_energy"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The course's folder, what was planted, and what `course grade` said."""
    root = tmp_path_factory.mktemp("run") / "course"
    root.mkdir()
    shutil.copy(TINY / "nbgrader_config.py", root)
    for part in ("source", "assignments"):
        shutil.copytree(TINY / part / NAME, root / part / NAME)
    release(NAME, root, packed=False)
    mistakes = Lesson.read(root, NAME).mistakes
    planted = {f"s{k}": mistakes[k % len(mistakes)] for k in range(2 * len(mistakes))}
    works = {s: HandIn(s, "", ((e.exercise, e.source),)) for s, e in planted.items()}
    write_hand_ins(root, NAME, works | {"right": HandIn("right", "", ())})
    done = run("grade", NAME, cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root, planted, done.stdout


def test_a_run_ends_with_where_the_report_is(graded):
    root, _, printed = graded
    assert f"What the class did      reports/{NAME}.html" in printed
    assert "The last run judged" in (root / "reports" / f"{NAME}.html").read_text()


def test_the_report_names_what_was_planted(graded):
    root, planted, _ = graded
    with (root / "reports" / f"{NAME}.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["cause"] == "known"]
    made = {row["student_id"]: f"{row['exercise']}/{row['mistake']}" for row in rows}
    assert made == {student: entry.name for student, entry in planted.items()}


def test_a_report_that_cannot_be_made_costs_nobody_a_verdict(graded):
    root, _, _ = graded
    shutil.rmtree(root / "reports")
    (root / "reports").write_text("a file where a folder should be")
    done = run("grade", NAME, "--student", "right", "--again", cwd=root)
    assert done.returncode == 0
    assert "What the class did      not made (" in done.stdout
    (root / "reports").unlink()
    assert run("report", cwd=root).returncode == 0
    assert {path.name for path in (root / "reports").iterdir()} == {
        "course.html", "course.csv", f"{NAME}.html", f"{NAME}.csv",
    }  # fmt: skip
