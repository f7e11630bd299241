"""A course with claims and a plain assignment beside them; and one notebook that has both."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from rich.console import Console

from course_lib.authoring.build import build, out_of_sync
from course_lib.authoring.release import release, scan_assignment
from course_lib.errors import AuthoringError, CourseError
from course_lib.grading.audit.run import run_audit
from course_lib.grading.course import Course
from course_lib.grading.verdict import Verdict, read_verdict
from course_lib.report.audit import print_audit
from course_lib.report.grading import grade_assignment
from course_lib.report.run import Request
from tests.engine.conftest import TINY

from .notebooks import RIGHT, instructors, replaced, write

pytestmark = pytest.mark.slow


def about(name: str, **more: object) -> str:
    """A cell's nbgrader metadata, as it stands in a .nb.py."""
    shared = {"grade": False, "solution": False, "task": False, "locked": False}
    return json.dumps({"grade_id": name, "schema_version": 3, **shared, **more})


def solution(name: str) -> str:
    return about(name, solution=True)


def graded_cell(name: str) -> str:
    return about(name, grade=True, locked=True, points=2)


MIXED = f"""\
# %%
import numpy as np

from course_lib import check

# %% nbgrader={solution("mean")}
def mean(values, weights):
    \"\"\"The mean of `values` [n] with `weights` [n], all above 0: a float.\"\"\"
    ### BEGIN SOLUTION
    return float(np.sum(weights * values) / np.sum(weights))
    ### END SOLUTION

# %% nbgrader={graded_cell("check_mean")}
check(mean)

# %% nbgrader={solution("twice")}
### BEGIN SOLUTION
def double(x):
    return 2 * x
### END SOLUTION

# %% nbgrader={graded_cell("test_double")}
assert double(2) == 4
"""
BESIDE_CLAIMS = """check(mean)
### BEGIN HIDDEN TESTS
assert type(mean(np.ones(2), np.ones(2))) is float, "a float of Python's"
### END HIDDEN TESTS"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """03_mixed has both kinds of test cells, ps2 is plain; the settings are those of `course new`.

    Both are released.
    """
    root = tmp_path_factory.mktemp("course") / "both"
    claims = root / "assignments" / "03_mixed"
    claims.mkdir(parents=True)
    shutil.copy(TINY / "nbgrader_config.py", root)
    shutil.copy(TINY / "assignments" / "02_energy" / "mean.py", claims)
    twin = root / "source" / "03_mixed" / "mixed.nb.py"
    twin.parent.mkdir(parents=True)
    twin.write_text(MIXED)
    build("03_mixed", root)
    write(instructors(), root / "source" / "ps2" / "means.ipynb")
    assert scan_assignment("03_mixed", root) == []
    assert out_of_sync(root) == [], "a plain notebook has no text that it could differ from"
    assert release("03_mixed", root).archive is not None
    assert release("ps2", root).archive is None
    return root


def graded(course: Path, assignment: str, notebook: str, **cells: str) -> Verdict:
    """The verdict on the released notebook with other text in some cells."""
    released = json.loads((course / "release" / assignment / f"{notebook}.ipynb").read_text())
    folder = course / "submitted" / "ada" / assignment
    write(replaced(released, **cells), folder / f"{notebook}.ipynb")
    assert grade_assignment(Request(course, assignment, jobs=1), Console(quiet=True)) == 0
    verdict = read_verdict(course, assignment, "ada")
    assert verdict is not None
    return verdict


def test_one_notebook_with_both_kinds_says_which_is_which(course: Path) -> None:
    right = MIXED.partition("### BEGIN SOLUTION\n")[2].partition("    ### END")[0]
    mean = f"def mean(values, weights):\n{right}"
    verdict = graded(course, "03_mixed", "mixed", mean=mean, twice="double = lambda x: x + x")
    assert [(c["exercise"], c["earned"], c.get("judged")) for c in verdict["checks"]] == [
        ("mean", 2.0, None),
        ("test_double", 2.0, "inside"),
    ]


def test_hidden_tests_beside_claims_are_refused_at_release(course: Path) -> None:
    """Only the claims count there, so that such a test would be silent for ever."""
    twin = course / "source" / "03_mixed" / "mixed.nb.py"
    twin.write_text(MIXED.replace("check(mean)", BESIDE_CLAIMS))
    try:
        with pytest.raises(AuthoringError, match=r"hidden tests beside check\(mean\), where"):
            release("03_mixed", course)
    finally:
        twin.write_text(MIXED)


def test_a_definition_below_its_test_counts(course: Path) -> None:
    below = "def double(x): return x + x\ndef mean(v, w): return float(np.sum(v * w) / np.sum(w))"
    verdict = graded(course, "03_mixed", "mixed", mean="", twice=below)
    assert verdict["earned"] == 4.0


def test_an_audit_says_what_it_cannot_measure(course: Path) -> None:
    audit = run_audit(Course(course, "03_mixed"), jobs=1)
    said = io.StringIO()
    print_audit(audit, Console(file=said, width=100))
    assert audit.inside == ["test_double"]
    assert "forge them:\n  test_double\n" in said.getvalue()
    with pytest.raises(CourseError, match="ps2 has no claims to measure: asserts judge test_mean"):
        run_audit(Course(course, "ps2"), jobs=1)


def test_a_plain_assignment_is_graded_beside_them(course: Path) -> None:
    verdict = graded(course, "ps2", "means", mean=RIGHT)
    assert (verdict["earned"], verdict["possible"]) == (4.0, 4.0)
