"""Cells that no point depends on: left alone, run, or run afterwards, the points are the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course_lib.demo.cohort import read_cohort
from course_lib.grading.course import Course
from course_lib.grading.pool.engine import Options, grade_cohort
from tests.grading.conftest import ASSIGNMENT, ROOT, SEED, with_cells
from tests.scale.conftest import SOLVED, WRONG, course_of

# Wrong, and stopping: running all demonstrations takes ten seconds for each.
SOME = ("fatima", "jule")
PICTURE = "plt.plot([log_like_there, 0]); plt.show()\n"
GRADED_NEEDS_IT = "def log_prior(m, b, log_s):\n    return factor * tf.math.log(1 + m**2)\n"


def demonstrating(data: bytes, source: str) -> bytes:
    """The notebook with its first demonstration replaced by `source`."""
    document = json.loads(data)
    cells = [c for c in document["cells"] if "demonstration" in c["metadata"].get("tags", [])]
    cells[0]["source"] = source
    for cell in cells[1:]:  # quick ones, for a test: what they cost is another matter
        cell["source"] = "1 + 1"
    return json.dumps(document).encode()


@pytest.fixture
def course(tmp_path: Path) -> Course:
    solved = with_cells(SOLVED, {})
    hand_ins = {
        "ada": demonstrating(solved, "log_like_there = -3.0\n" + PICTURE),
        "bob": demonstrating(with_cells(SOLVED, {"log_prior": WRONG}), "1 / 0"),
        "cyd": demonstrating(with_cells(SOLVED, {"log_prior": GRADED_NEEDS_IT}), "factor = -1.5"),
    }
    return course_of(tmp_path / "course", hand_ins)


def grade(course: Course, **options) -> list:
    return list(grade_cohort(course, course.students(), jobs=2, seed=SEED, **options))


def points(outcomes) -> dict:
    return {
        outcome.student: {check["exercise"]: check["earned"] for check in outcome.verdict["checks"]}
        for outcome in outcomes
    }


@pytest.mark.slow
def test_no_verdict_depends_on_whether_demonstrations_are_run(course: Course):
    left_alone = grade(course)
    whole = grade(course, again=True, options=Options(whole=True))
    assert points(left_alone) == points(whole)
    assert points(whole)["cyd"]["log_prior"] == points(whole)["ada"]["log_prior"] > 0
    skipped = {o.student: _states(o).count("skipped") for o in left_alone}
    assert 0 < skipped["cyd"] < skipped["ada"]  # what is graded used a name that one binds
    assert not any("skipped" in _states(outcome) for outcome in whole)


def test_demonstrations_are_run_after_the_points_are_stored(course: Course):
    outcomes = grade(course, demonstrations=True)
    first, then = outcomes[:3], outcomes[3:]
    assert not any(o.shown for o in first) and all(o.shown for o in then)
    assert points(first) == points(then)
    shown = {outcome.student: outcome for outcome in then}
    pictures = [
        output
        for cell in shown["ada"].verdict["cells"].values()
        for output in cell["outputs"]
        if "image/png" in output.get("data", {})
    ]
    assert pictures and "skipped" not in _states(shown["ada"])
    assert "skipped" in _states(shown["bob"])  # one that fails leaves what was handed in

    again = grade(course, demonstrations=True)
    assert len(again) == 3 and all(outcome.reused for outcome in again)


@pytest.mark.slow
def test_a_class_graded_both_ways_has_the_same_points(tmp_path: Path):
    released = json.loads((ROOT / "release" / ASSIGNMENT / "worksheet.ipynb").read_text())
    solved = json.loads((ROOT / SOLVED).read_text())
    class_ = read_cohort(ROOT, ASSIGNMENT)
    work = {name: class_[name] for name in SOME}
    notebooks = {
        name: json.dumps(each.notebook(released, solved)).encode() for name, each in work.items()
    }
    course = course_of(tmp_path / "course", notebooks)
    assert points(grade(course)) == points(grade(course, again=True, options=Options(whole=True)))


def _states(outcome) -> list[str]:
    return [cell["status"] for cell in outcome.verdict["cells"].values()]
