"""`source/ps3/hidden_tests/`: not released, and beside the notebook when it is graded."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from course_lib.authoring.release import release
from course_lib.errors import CourseError
from course_lib.grading.course import Course
from course_lib.grading.hidden_tests import hidden_tests
from course_lib.grading.verdict import Verdict, read_verdict
from course_lib.report.grading import grade_assignment
from course_lib.report.run import Request
from tests.engine.conftest import copy_of_tiny

from .notebooks import RIGHT, SOLUTION, cell, graded_by, notebook, replaced, write
from .ps1 import points, quickstart

TEST = """assert mean([1, 3]) == 2
### BEGIN HIDDEN TESTS
rows = [float(line) for line in open("hidden_tests/rows.csv")]
assert mean(rows) == 30, "the mean of many rows"
### END HIDDEN TESTS"""
NOTEBOOK = notebook(
    cell(SOLUTION, grade_id="mean", grade=False, solution=True), graded_by(TEST, "test_mean", 2)
)
LOOKS = RIGHT + "\nfrom pathlib import Path\nplace = Path('hidden_tests').resolve()\n"
CLASS = {
    "right": RIGHT,
    "only_what_is_shown": "def mean(values):\n    return 2",
    "writes": RIGHT + "\nopen('hidden_tests/rows.csv', 'w').write('30')",
    "looks": LOOKS + "print(sorted(path.name for path in place.parent.iterdir()))",
}
BIN = Path(sys.executable).parent
ENVIRONMENT = {"PATH": f"{BIN}:/usr/bin:/bin", "HOME": "/tmp"}

pytestmark = pytest.mark.slow


def put_source(root: Path) -> Path:
    """An assignment whose hidden tests read a file; its folder."""
    folder = root / "source" / "ps3"
    write(NOTEBOOK, folder / "means.ipynb")
    (folder / "shown.csv").write_text("1\n")
    (folder / "hidden_tests").mkdir()
    (folder / "hidden_tests" / "rows.csv").write_text("10\n50\n")
    return folder


def graded(root: Path) -> dict[str, Verdict]:
    assert grade_assignment(Request(root, "ps3", jobs=1), Console(quiet=True)) == 0
    found = {name: read_verdict(root, "ps3", name) for name in CLASS}
    return {name: verdict for name, verdict in found.items() if verdict is not None}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Released and handed in; each student also hands in a file of the hidden one's name."""
    base = tmp_path_factory.mktemp("course")
    base.chmod(0o755)
    root = quickstart(base / "course101")
    put_source(root)
    release("ps3", root)
    released = json.loads((root / "release" / "ps3" / "means.ipynb").read_text())
    for student, source in CLASS.items():
        place = root / "submitted" / student / "ps3"
        write(replaced(released, mean=source), place / "means.ipynb")
        (place / "hidden_tests").mkdir()
        (place / "hidden_tests" / "rows.csv").write_text("2\n")
    return root


def test_a_release_is_without_it(course: Path) -> None:
    found = {path.name for path in (course / "release" / "ps3").rglob("*")}
    assert found == {"means.ipynb", "shown.csv"}


def test_hidden_tests_read_it_with_the_same_points_as_at_nbgrader(course: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", "ps3"],
        cwd=course,
        env=ENVIRONMENT,
        capture_output=True,
        check=True,
    )
    expected = {key[2]: found for key, found in points(course).items()}
    verdicts = graded(course)
    found = {key[2]: found for key, found in points(course).items()}
    assert found.pop("writes") == (2.0, False), "it is read-only"
    assert expected.pop("writes") == (2.0, False), "and 30 is the mean of what was written, too"
    assert found == expected
    assert {name: verdict["earned"] for name, verdict in verdicts.items()} == {
        "right": 2.0,
        "only_what_is_shown": 0.0,
        "writes": 2.0,
        "looks": 2.0,
    }
    assert "the mean of many rows" in verdicts["only_what_is_shown"]["checks"][0]["message"]


def test_it_can_only_be_read_and_nothing_else_of_source_can(course: Path) -> None:
    verdicts = graded(course)
    shown = json.dumps(verdicts["looks"]["cells"])
    assert "['hidden_tests']" in shown
    assert "OSError" in json.dumps(verdicts["writes"]["cells"])
    assert (course / "source/ps3/hidden_tests/rows.csv").read_text() == "10\n50\n"


def test_all_are_graded_anew_when_it_changes(course: Path) -> None:
    graded(course)
    rows = course / "source" / "ps3" / "hidden_tests" / "rows.csv"
    rows.write_text("2\n2\n")
    try:
        assert graded(course)["right"]["earned"] == 0.0
    finally:
        rows.write_text("10\n50\n")


def test_one_notebook_is_graded_with_it(course: Path) -> None:
    options = ("--source", "source/ps3/means.ipynb", "--json", "-")
    done = subprocess.run(
        [BIN / "course", "grade-notebook", "submitted/right/ps3/means.ipynb", *options],
        cwd=course,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, json.loads(done.stdout)["earned"]) == (0, 2.0)


def test_what_was_released_or_is_closed_is_said(tmp_path: Path) -> None:
    folder = put_source(tmp_path)
    (folder / "hidden_tests" / "rows.csv").chmod(0o600)
    with pytest.raises(CourseError, match=r"rows\.csv is closed to the user without rights"):
        hidden_tests(tmp_path, "ps3")
    shutil.copytree(folder, tmp_path / "release" / "ps3")
    with pytest.raises(CourseError, match="release/ps3/hidden_tests/ was released"):
        Course(tmp_path, "ps3").hidden  # noqa: B018 - read now


def test_nbgraders_own_command_leaves_it_out_or_stops(tmp_path: Path) -> None:
    root = copy_of_tiny(tmp_path / "tiny")
    put_source(root)
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "ps3"]

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=root, env=ENVIRONMENT, capture_output=True, text=True, check=False
        )

    config = root / "nbgrader_config.py"
    text = config.read_text()
    config.write_text(text.replace("c.CourseDirectory.ignore +=", "_ ="))
    done = run()
    assert done.returncode != 0
    assert "ps3/hidden_tests/ would be released" in done.stderr
    assert not (root / "release" / "ps3").exists()
    config.write_text(text)
    done = run()
    assert done.returncode == 0, done.stderr
    found = {path.name for path in (root / "release" / "ps3").rglob("*")}
    assert found == {"means.ipynb", "shown.csv"}
