"""nbgrader's own commands, with nothing but nbgrader_config.py, give the verdict's points."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from nbgrader.utils import determine_grade

from course_lib.grading.nbgrader.autograded import handed_in, result, show
from course_lib.grading.verdict import read_verdict

BIN = Path(sys.executable).parent
SOLUTION = (
    "def log_prior(m, b, log_s):\n    return -1.5 * tf.math.log(1.0 + m**2) + 0.0 * (b + log_s)\n"
)


def nbgrader(course, *arguments: str, status: int = 0) -> str:
    """Run the real command in the course folder; what it printed."""
    done = subprocess.run(
        [BIN / "nbgrader", *arguments],
        cwd=course.root,
        env=os.environ | {"PATH": f"{BIN}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


def graded_cell(points: float):
    meta = {"grade": True, "solution": False, "points": points, "grade_id": "check_f"}
    return new_code_cell("check(f)", metadata={"nbgrader": meta})


def check(earned: float, points: float):
    status = "passed" if earned == points else "failed"
    return {"exercise": "f", "earned": earned, "points": points, "status": status, "claims": []}


@pytest.mark.parametrize("points", [1.0, 3.0, 0.25])
@pytest.mark.parametrize("share", [0.0, 0.1, 1 / 3, 0.5, 0.999, 1.0])
def test_nbgraders_own_rule_gives_exactly_the_verdicts_points(points, share):
    cell = graded_cell(points)
    outputs = result(check(share * points, points), points)
    cell.outputs = [nbformat.from_dict(output) for output in outputs]
    assert determine_grade(cell) == (share * points, points)


@pytest.mark.parametrize("given", [None, check(1.0, 2.0)])
def test_without_a_result_for_its_points_a_cell_earns_nothing(given):
    cell = graded_cell(1.0)
    cell.outputs = [nbformat.from_dict(output) for output in result(given, 1.0)]
    assert determine_grade(cell) == (0, 1.0)


def test_the_notebook_is_valid_and_shows_what_ran_and_what_did_not(course):
    nb = course.notebook()
    demonstrations = [c.id for c in course.skeleton.cells if c.demonstration]
    for cell in nb["cells"]:
        if cell["id"] == demonstrations[0]:
            text = {"output_type": "stream", "name": "stdout", "text": "as I saw it"}
            cell["outputs"] = [text]
    submission = course.hand_in("ada", nb)
    verdict = course.verdict(submission, {})
    first = next(c.id for c in submission.cells if c.may_run and not c.demonstration)
    late = [c.id for c in submission.cells if c.may_run and not c.demonstration][-1]
    verdict["cells"][first]["outputs"] = [{"output_type": "stream", "name": "stderr", "text": "w"}]
    verdict["cells"][late] = {"status": "timeout", "outputs": []}
    shown = handed_in(submission, course.skeleton)
    show(shown, verdict)
    nbformat.validate(shown)
    by_id = {cell.id: str(cell.outputs) for cell in shown.cells if cell.cell_type == "code"}
    assert "'w'" in by_id[first]
    assert "As handed in; not run again" in by_id[demonstrations[0]]
    assert "as I saw it" in by_id[demonstrations[0]]
    assert "Not run for the grade" in by_id[demonstrations[1]]
    assert "its time was up" in by_id[late]


@pytest.fixture
def cohort(course):
    """Four hand-ins: one answer, nothing, no JSON, another name."""
    nb = course.notebook()
    course.cell(nb, "log_prior")["source"] = SOLUTION
    course.hand_in("ada", nb)
    course.hand_in("blank", course.notebook())
    course.hand_in("junk", b"no json")
    course.hand_in("named", nb, "my worksheet.ipynb")
    return course


def test_autograde_feedback_export_from_the_settings_alone(cohort):
    """The whole way, with the real grader: the gradebook's points are the verdicts'."""
    said = nbgrader(cohort, "autograde", "00_worksheet")
    assert "Traceback" not in said
    nbgrader(cohort, "generate_feedback", "00_worksheet")
    nbgrader(cohort, "export", "--to", "grades.csv")
    with (cohort.root / "grades.csv").open() as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    verdicts = {name: read_verdict(cohort.root, "00_worksheet", name)["earned"] for name in scores}
    assert scores == verdicts
    assert scores["ada"] == scores["named"] == 2.0
    assert scores["blank"] == scores["junk"] == 0.0
    for name in scores:
        page = cohort.root / "feedback" / name / "00_worksheet" / "worksheet.html"
        assert "log_prior" in page.read_text("utf-8")
    # a second run has nothing to do, and a forced one repeats itself
    assert "Skipping existing" in nbgrader(cohort, "autograde", "00_worksheet")
    nbgrader(cohort, "autograde", "00_worksheet", "--force")
    nbgrader(cohort, "export", "--to", "again.csv")
    assert (cohort.root / "again.csv").read_text() == (cohort.root / "grades.csv").read_text()
