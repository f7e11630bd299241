"""The same points as stock `nbgrader autograde`, which is the oracle, or a reason in docs/plain.md.

The packaged example of nbgrader's user guide, and a made-up class, in a course whose settings are
those of `nbgrader quickstart`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from course_lib.authoring.release import release
from course_lib.grading.verdict import read_verdict
from course_lib.notebook.markers import BEGIN_HIDDEN, inside
from course_lib.report.grading import grade_assignment
from course_lib.report.listing import overview
from course_lib.report.run import Request

from .notebooks import hand_in_class, instructors, write
from .ps1 import GUIDE, STOPS, hand_in, points, quickstart

pytestmark = pytest.mark.slow

# (student, cell): why a course gets other points here than from nbgrader (docs/plain.md has these)
ELSEWHERE = "an answer may stand elsewhere: a person looks"
DIFFERENT = {
    ("bitdiddle", "sum_of_squares_application"): ELSEWHERE,
    ("did_the_task", "part-b"): ELSEWHERE,
    ("own_cells", "part-b"): ELSEWHERE,
    ("own_cells", "sum_of_squares_application"): ELSEWHERE,
    ("own_cells", "sum_of_squares_equation"): ELSEWHERE,
    ("says_on_stderr", "correct_sum_of_squares"): "libraries write warnings there",
}
# Of the class that hands in ps1, those whose habits are most their own. All thirty are graded both
# ways by benchmarks/quickstart.py.
SOME = (
    "did_the_task",
    "own_cells",
    "says_on_stderr",
    "raises_without_end",
    "right_and_timed",
    "wrong_kind",
)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two assignments, released; nobody has been graded."""
    root = quickstart(tmp_path_factory.mktemp("course") / "course101", "ps1")
    write(instructors(), root / "source" / "ps2" / "means.ipynb")
    assert release("ps1", root).archive is None
    assert release("ps2", root).automatic_points == 4
    shutil.copytree(GUIDE / "submitted", root / "submitted")
    hand_in(root, "ps1", SOME)
    hand_in_class(root, "ps2", json.loads((root / "release/ps2/means.ipynb").read_text()))
    return root


@pytest.fixture(scope="module")
def stock(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, graded by nbgrader's own command."""
    root = tmp_path_factory.mktemp("stock") / "course101"
    shutil.copytree(course, root)
    shutil.rmtree(root / "submitted" / STOPS)
    for assignment in ("ps1", "ps2"):
        subprocess.run(
            [sys.executable, "-m", "nbgrader", "autograde", assignment],
            cwd=root,
            env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "HOME": str(root)},
            capture_output=True,
            check=True,
        )
    return root


@pytest.fixture(scope="module")
def ours(course: Path, stock: Path) -> Path:
    """The same, graded here."""
    for assignment in ("ps1", "ps2"):
        request = Request(course, assignment, jobs=1)
        assert grade_assignment(request, Console(quiet=True)) == 0
    return course


def test_every_cell_of_every_student_has_the_points_that_nbgrader_gives(
    ours: Path, stock: Path
) -> None:
    expected, found = points(stock), points(ours)
    assert len(expected) == (2 + len(SOME)) * 9 + 12 * 4
    different = {key: (expected[key], found.get(key)) for key in expected}
    different = {key: both for key, both in different.items() if both[0] != both[1]}
    assert {(key[2], key[3]) for key in different} == DIFFERENT.keys(), different


def test_hidden_tests_are_not_handed_out(course: Path) -> None:
    written = [line for c in instructors()["cells"] for line in inside(c["source"], BEGIN_HIDDEN)]
    released = json.loads((course / "release" / "ps2" / "means.ipynb").read_text())
    shown = "\n".join("".join(cell["source"]) for cell in released["cells"])
    assert written
    assert not [line for line in written if line in shown]


def test_a_copied_cell_costs_nothing(ours: Path) -> None:
    copied = read_verdict(ours, "ps2", STOPS)
    assert copied is not None
    assert copied["earned"] == 4.0


def test_the_students_read_the_assertions_words(ours: Path) -> None:
    wrong = read_verdict(ours, "ps2", "wrong")
    assert wrong is not None
    assert "the mean of 1 and 3 is 2" in wrong["checks"][0]["message"]
    page = (ours / "feedback" / "wrong" / "ps2" / "means.html").read_text()
    assert "the mean of 1 and 3 is 2" in page
    assert "an empty list has no mean" not in page, "a hidden test is not shown"


def test_several_notebooks_have_one_verdict_and_a_page_each(ours: Path) -> None:
    verdict = read_verdict(ours, "ps1", "hacker")
    assert verdict is not None
    assert (verdict["notebooks"], verdict["earned"]) == (["problem1", "problem2"], 3.0)
    assert {check["judged"] for check in verdict["checks"]} == {"inside"}
    pages = {path.name for path in (ours / "feedback" / "hacker" / "ps1").iterdir()}
    assert pages >= {"problem1.html", "problem2.html"}


def test_a_second_run_changes_nothing_and_a_new_hand_in_is_graded(ours: Path) -> None:
    place = ours / "submitted" / "hacker" / "ps1" / "problem2.ipynb"
    before = (ours / "verdicts" / "ps1" / "bitdiddle.json").read_bytes()
    kept = place.read_bytes()
    place.unlink()
    assert grade_assignment(Request(ours, "ps1", jobs=1), Console(quiet=True)) == 0
    place.write_bytes(kept)
    assert (ours / "verdicts" / "ps1" / "bitdiddle.json").read_bytes() == before
    verdict = read_verdict(ours, "ps1", "hacker")
    assert verdict is not None
    assert verdict["earned"] == 3.0, "the other notebook is graded all the same"
    assert any("problem2: There is no notebook" in line for line in verdict["notices"])


def test_the_list_shows_both(ours: Path) -> None:
    assert [(one.name, one.checked, one.by_hand) for one in overview(ours)] == [
        ("ps1", 3.0, 10.0),
        ("ps2", 4.0, 3.0),
    ]
