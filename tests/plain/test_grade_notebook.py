"""`course grade-notebook`: one file in, one verdict out; and the examples that call it."""

from __future__ import annotations

import base64
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from course_lib.errors import CourseError
from course_lib.grading.one_notebook import by_source
from tests.engine.conftest import copy_of_tiny

from .notebooks import RIGHT, cell, copied, graded_by, instructors, notebook, replaced, write

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
BIN = Path(sys.executable).parent
WRONG = "def mean(values):\n    return max(values)"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(**more: str) -> dict[str, str]:
    return {"PATH": f"{BIN}:/usr/bin:/bin", "HOME": "/tmp", **more}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Grades a notebook by the instructor's, away from any course."""

    def run(nb: Any, *arguments: str, source: Any = None) -> subprocess.CompletedProcess[str]:
        write(instructors() if source is None else source, tmp_path / "means.ipynb")
        handed_in = tmp_path / "ada.ipynb"
        handed_in.write_text(nb if isinstance(nb, str) else json.dumps(nb))
        by = arguments or ("--source", str(tmp_path / "means.ipynb"), "--json", "-")
        command = [str(BIN / "course"), "grade-notebook", str(handed_in), *by]
        return subprocess.run(
            command, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
        )

    return run


@pytest.mark.slow
def test_a_right_notebook_earns_all_and_leaves_with_0(run: Run, tmp_path: Path) -> None:
    done = run(replaced(instructors(), mean=RIGHT))
    assert done.returncode == 0, done.stderr
    verdict = json.loads(done.stdout)
    assert (verdict["earned"], verdict["possible"]) == (4.0, 4.0)
    assert {path.name for path in tmp_path.iterdir()} == {"means.ipynb", "ada.ipynb"}


@pytest.mark.slow
def test_a_wrong_one_leaves_with_1_and_runs_the_hidden_tests(run: Run) -> None:
    hidden = "def mean(values):\n    return sum(values) / max(len(values), 1)"
    done = run(copied(replaced(instructors(), mean=hidden), "mean"))
    verdict = json.loads(done.stdout)
    assert (done.returncode, verdict["earned"]) == (1, 2.0)
    assert "an empty list has no mean" in verdict["checks"][0]["message"]


@pytest.mark.slow
def test_what_is_no_notebook_earns_nothing_and_says_so(run: Run) -> None:
    done = run("not JSON")
    verdict = json.loads(done.stdout)
    assert (done.returncode, verdict["status"], verdict["earned"]) == (1, "unreadable", 0.0)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (notebook(cell("1")), "has no test cells"),
        (notebook(graded_by("check(mean)", "check_mean", 1)), "claims judge it"),
        (notebook(graded_by("### AUTOTEST mean([1])", "a", 1)), "when it releases"),
        (notebook(graded_by("1", "a", 1), graded_by("2", "a", 1)), "2 cells have this grade_id"),
        (notebook(graded_by("1", "a", None)), "is graded and has no points"),
        (
            notebook(graded_by("1", "a", 1), metadata={"kernelspec": {"name": "ir"}}),
            "it is written in R, for the kernel 'ir'",
        ),
    ],
)
def test_a_notebook_that_nothing_can_be_graded_by_is_refused_by_name(
    tmp_path: Path, source: Any, said: str
) -> None:
    with pytest.raises(CourseError, match=r"means\.ipynb") as refused:
        by_source(write(source, tmp_path / "means.ipynb"))
    assert said in str(refused.value)


@pytest.mark.slow
def test_without_anything_to_grade_by_it_leaves_with_2(run: Run) -> None:
    done = run(instructors(), source=notebook(cell("1")))
    assert (done.returncode, done.stdout) == (2, "")
    assert "has no test cells. Next: " in done.stderr


@pytest.mark.slow
def test_an_assignment_of_claims_is_graded_from_a_course(run: Run, tmp_path: Path) -> None:
    course = copy_of_tiny(tmp_path / "tiny")
    solutions = json.loads((course / "source/01_basics/basics.ipynb").read_text())
    done = run(solutions, "--assignment", "01_basics", "--course", str(course), "--json", "v.json")
    assert done.returncode == 0, done.stderr
    verdict = json.loads((tmp_path / "v.json").read_text())
    assert verdict["earned"] == verdict["possible"] > 0
    assert not (course / "verdicts").exists()
    assert not (course / "gradebook.db").exists()


@pytest.mark.slow
def test_gradescope_reads_results_of_the_hand_in(tmp_path: Path) -> None:
    write(instructors(), tmp_path / "source" / "instructor.ipynb")
    write(replaced(instructors(), mean=WRONG), tmp_path / "submission" / "means.ipynb")
    environ = environment(AUTOGRADER=str(tmp_path), COURSE=str(BIN / "course"))
    script = str(EXAMPLES / "gradescope" / "run_autograder")
    subprocess.run([sys.executable, script], env=environ, check=True)
    results = json.loads((tmp_path / "results" / "results.json").read_text())
    assert [(t["name"], t["score"], t["max_score"]) for t in results["tests"]] == [
        ("test_mean", 0, 2),
        ("test_many", 0.0, 2),
    ]
    assert "the mean of 1 and 3 is 2" in results["tests"][0]["output"]


@pytest.mark.slow
def test_the_classroom_workflow_grades_and_reports(tmp_path: Path) -> None:
    workflow = yaml.safe_load((EXAMPLES / "github-classroom" / "classroom.yml").read_text())
    steps = {s["name"]: s for s in workflow["jobs"]["grade"]["steps"] if "name" in s}
    write(replaced(instructors(), mean=WRONG), tmp_path / "means.ipynb")
    packed = base64.b64encode(gzip.compress(json.dumps(instructors()).encode())).decode()
    temp = tmp_path / "temp"
    temp.mkdir()
    environ = environment(
        INSTRUCTOR=packed, RUNNER_TEMP=str(temp), GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md")
    )
    codes = [
        subprocess.run(
            ["/bin/bash", "-e", "-c", steps[name]["run"]], cwd=tmp_path, env=environ, check=False
        ).returncode
        for name in ("Grade", "Report")
    ]
    assert codes == [0, 1], "graded; not all points, so the job is red"
    summary = (tmp_path / "summary.md").read_text()
    assert "## 0 of 4 points" in summary
    assert os.linesep.join(["- test_mean: 0 of 2"]) in summary
