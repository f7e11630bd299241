"""`course try` judges one exercise's bank without a release, and shows what a student reads."""

from __future__ import annotations

import functools

import pytest

from course_lib.authoring.new import new
from tests.cli.conftest import run

NAME = "01_pendulum"


@pytest.fixture
def started(tmp_path):
    """A course with one assignment, of which nothing is built or released; and `course` in it."""
    new(NAME, tmp_path)
    return tmp_path


@pytest.fixture
def try_(started):
    return functools.partial(run, "try", NAME, cwd=started)


def edit(course, old, new_):
    file = course / "assignments" / NAME / "weighted_mean.py"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new_))


def about(output, what):
    """The lines about one solution, mistake or right answer."""
    lines = output.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"  {what}: "))
    end = next(n for n in range(start + 1, len(lines)) if not lines[n].startswith("    "))
    return lines[start:end]


def test_all_as_it_should_be(try_, started):
    done = try_()
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(
        "weighted_mean: 3 points, 3 claims\n  solution: ok, 3 of 3 points\n"
    )
    head, *read = about(done.stdout, "mistake errors_not_squared")
    assert head == "  mistake errors_not_squared: caught, 2 of 3 points, by has_the_right_value"
    assert "which power of the error is in a weight?" in read[0]
    labels = [line.split()[0] for line in read[1:6]]
    assert labels == ["with", "errors", "expected", "got", "again:"]
    assert (
        "Each value counts by the inverse square of its error. (costs 1 point; the example above)"
        in read[-1]
    )
    assert about(done.stdout, "right answer with_numpys_average") == [
        "  right answer with_numpys_average: ok, 3 of 3 points"
    ]
    assert not (started / "release").exists()
    assert not list(started.glob("source/*/*.ipynb"))


@pytest.mark.slow
def test_what_is_not_caught_and_what_loses_points_is_said(try_, started):
    edit(started, "1 / errors**2", "weights = 1")
    edit(started, '"1 / errors"', '"weights = 1.0 * 1"')
    wrong = started / "assignments" / NAME / "alternatives" / "weighted_mean" / "wrong.py"
    wrong.write_text(
        '"""The plain mean."""\ndef weighted_mean(values, errors):\n    return values.mean()\n'
    )
    done = try_("weighted_mean")
    assert done.returncode == 1
    head, step = about(done.stdout, "mistake errors_not_squared")
    assert head == "  mistake errors_not_squared: NOT CAUGHT, 3 of 3 points"
    assert step.startswith("      next: ")
    head, *read = about(done.stdout, "right answer wrong")
    assert head.startswith(
        "  right answer wrong: LOSES POINTS, 2 of 3 points, by has_the_right_value"
    )
    assert read
    assert done.stdout.splitlines()[-1].endswith("2 to be corrected.")


def test_the_authors_faults_come_first_and_the_rest_is_tried(try_, started):
    edit(started, '"1 / errors**2"', '"1 / error**2"')
    done = try_()
    assert done.returncode == 1
    first, fault, *_ = done.stdout.splitlines()
    assert first == "To be corrected first:"
    assert fault.startswith(f"assignments/{NAME}/weighted_mean.py, line ")
    assert "caught" in about(done.stdout, "mistake sum_not_divided")[0]


@pytest.mark.slow
def test_what_cannot_be_loaded_is_said_and_nothing_is_tried(try_, started):
    edit(started, "import numpy as np", "import nunpy as np")
    done = try_()
    assert done.returncode == 1
    assert "No module named 'nunpy'" in done.stdout
    assert "0 mistakes and 0 right answers tried" in done.stdout


@pytest.mark.slow
def test_an_unknown_exercise_is_told_the_nearest(try_):
    done = try_("weighted_meen")
    assert done.returncode == 2
    assert "did you mean weighted_mean?" in done.stderr


def test_an_unknown_assignment_is_told_what_there_is(started):
    done = run("try", "02_pendulum", cwd=started)
    assert done.returncode == 2
    assert NAME in done.stderr
