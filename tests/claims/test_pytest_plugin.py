"""Claims are items for pytest, in anyone's course; where there are none, nothing is imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TOTAL = '''
from hypothesis import strategies as st
from course_lib.claims import agree, exercise


@exercise(points=2)
def total(values):
    """The sum of the numbers in a list: one number."""
    return float(sum(values))


NUMBERS = st.lists(st.integers(-9, 9).map(float), min_size=1, max_size=5)


@total.claim(points=1, gate=True, values=NUMBERS)
def is_right(student, truth, values):
    """The value is the sum."""
    agree(student.total(values), truth(values), tolerance=1e-12)


@total.claim(points=1, values=NUMBERS)
def is_the_same_in_reverse(student, truth, values):
    """The order of the numbers changes nothing."""
    agree(student.total(values[::-1]), student.total(values), tolerance=1e-12)
'''
HALVED = '''
from course_lib.claims import agree, exercise
from .total import NUMBERS


@exercise(points=1)
def halved(values):
    """Half of each: a list."""
    return [value / 2 for value in values]


@halved.claim(points=1, values=NUMBERS)
def is_right(student, truth, values):
    """Each is half of what it was."""
    assert student.halved(values) == truth(values)
'''
SOLUTIONS = {
    "total": "def total(values):\n    return sum(values)",
    "halved": "def halved(values):\n    return [value / 2 for value in values]",
}
POINTS = {"total": 2, "halved": 1}


def notebook(**replaced: str) -> dict[str, Any]:
    cells: list[dict[str, Any]] = []
    for name, source in (SOLUTIONS | replaced).items():
        for grade_id, text, more in (
            (name, source, {"grade": False, "solution": True, "locked": False}),
            (
                f"check_{name}",
                f"check({name})",
                {"grade": True, "solution": False, "locked": True, "points": POINTS[name]},
            ),
        ):
            grading = {"grade_id": grade_id, "schema_version": 3, "task": False, **more}
            cells.append(
                {
                    "cell_type": "code",
                    "id": grade_id,
                    "metadata": {"nbgrader": grading},
                    "source": text,
                    "outputs": [],
                    "execution_count": None,
                }
            )
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = tmp_path / "course"
    for name, text in (("total", TOTAL), ("halved", HALVED)):
        write(root / "assignments" / "01_sums" / f"{name}.py", text)
    for folder in ("source", "release"):
        write(root / folder / "01_sums" / "sums.ipynb", json.dumps(notebook()))
    write(root / "assignments" / "01_sums" / "tests" / "test_sums.py", "def test_it(): pass\n")
    return root


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def pytest_in(folder: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "-q"]
    done = subprocess.run(
        [*command, *arguments], cwd=folder, capture_output=True, text=True, timeout=900
    )
    return done.returncode, done.stdout + done.stderr


def test_the_instructors_solutions_hold_every_claim(course):
    code, said = pytest_in(course, "-vv")
    assert code == 0, said
    for item in (
        "assignments/01_sums/halved.py::is_right PASSED",
        "assignments/01_sums/total.py::is_right PASSED",
        "assignments/01_sums/total.py::is_the_same_in_reverse PASSED",
        "assignments/01_sums/tests/test_sums.py::test_it PASSED",
    ):
        assert item in said
    assert "4 passed" in said


def test_a_submissions_failing_claim_is_said_with_sentence_inputs_expected_and_got(course):
    wrong = notebook(total="def total(values):\n    return sum(values) + 1")
    write(course / "hers.ipynb", json.dumps(wrong))
    code, said = pytest_in(course, "--submission", "hers.ipynb", "--hypothesis-seed=5")
    assert code == 1
    assert "1 failed, 2 passed" in said  # claims alone: the test of the folder is left out
    card, _, _ = said.partition("short test summary")  # which repeats it where CI is set
    lines = [" ".join(line.split()) for line in card.splitlines()]
    assert "It is off by the same amount on every input: +1." in lines
    assert any(line.startswith("✗ does not hold: The value is the sum. (") for line in lines)
    value, expected, got = (
        float(line.rpartition(" ")[2].strip("[]"))
        for line in lines
        if line.startswith(("with values [", "expected ", "got "))
    )
    assert value == expected == got - 1  # one number: the input is made small
    assert "drawn from the seed 5; again: --hypothesis-seed=5" in lines
    assert "Traceback" not in said and "pytest_plugin.py" not in said


def test_one_claim_is_run_by_its_name(course):
    where = "assignments/01_sums/total.py::is_right"
    assert "1 passed" in pytest_in(course, where)[1]
    assert "2 passed, 2 deselected" in pytest_in(course, "-k", "total")[1]


def test_of_two_assignments_one_can_be_chosen(course):
    write(course / "assignments" / "02_more" / "other.py", TOTAL.replace("total", "other"))
    assert "3 passed" in pytest_in(course, "--assignment", "01_sums")[1]
    write(course / "hers.ipynb", json.dumps(notebook()))
    code, said = pytest_in(course, "--submission", "hers.ipynb")
    assert code == pytest.ExitCode.USAGE_ERROR
    assert "say of which assignment the notebook is: --assignment NN_topic, of: 01_sums, 02" in said
    code, said = pytest_in(course, "--assignment", "03_none")
    assert code == pytest.ExitCode.USAGE_ERROR
    assert "there is no assignment 03_none; there are: 01_sums, 02_more" in said


def test_an_assignment_that_is_not_released_says_what_to_do(course):
    write(course / "assignments" / "02_more" / "other.py", TOTAL.replace("total", "other"))
    code, said = pytest_in(course, "assignments/02_more")
    assert code == 1
    assert "run `course release 02_more`" in said
    assert "Traceback" not in said


def test_a_submission_that_cannot_be_read_ends_the_run(course):
    write(course / "hers.ipynb", "no notebook")
    code, said = pytest_in(course, "--submission", "hers.ipynb")
    assert code == pytest.ExitCode.USAGE_ERROR
    assert "notebook" in said
    code, said = pytest_in(course, "--submission", "his.ipynb")
    assert code == pytest.ExitCode.USAGE_ERROR
    assert "there is no file" in said


def test_a_file_with_a_fault_fails_alone_and_names_its_line(course):
    write(course / "assignments" / "01_sums" / "halved.py", "import nothing_of_this_name\n")
    code, said = pytest_in(course, "-vv")
    assert code == 1
    assert "assignments/01_sums/halved.py::declaration FAILED" in said
    assert "assignments/01_sums/halved.py, line 1: halved.py cannot be loaded" in said
    assert "3 passed" in said

    fewer = HALVED.replace("points=1, values", "points=0.5, values")
    write(course / "assignments" / "01_sums" / "halved.py", fewer)
    code, said = pytest_in(course)
    assert "the claims about halved share out 0.5 of 1 points" in said
    assert "1 failed, 3 passed" in said


def test_an_exception_of_a_claims_author_is_said_as_that(course):
    broken = HALVED.replace("assert student.halved(values) ==", "1 / 0 +")
    write(course / "assignments" / "01_sums" / "halved.py", broken)
    _, said = pytest_in(course)
    assert "1 failed, 3 passed" in said
    assert "assignments/01_sums/halved.py, line 15" in said and "ZeroDivisionError" in said, said


def test_where_there_is_no_course_nothing_of_it_is_imported(tmp_path):
    write(
        tmp_path / "test_it.py",
        "import sys\n\n\ndef test_it():\n"
        "    loaded = [n for n in sys.modules if n.startswith('course_lib')]\n"
        "    assert sorted(loaded) == ['course_lib', 'course_lib.pytest_plugin'], loaded\n"
        "    heavy = {'numpy', 'tensorflow', 'nbformat', 'nbgrader'} & set(sys.modules)\n"
        "    assert not heavy, heavy\n",
    )
    code, said = pytest_in(tmp_path, "-p", "no:hypothesispytest")
    assert code == 0, said
