"""`course grade --dry-run`: a corrected claim's effect on a class, and not a byte is written."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from course_lib.grading.course import Course
from course_lib.grading.pool.engine import Options, grade_cohort
from course_lib.grading.verdict import read_verdict
from course_lib.regrade.dry_run import try_grading
from course_lib.report.run import Request
from tests.engine.conftest import copy_of_tiny, notebook

A, SEED = "01_basics", 7
WRONG = "def mean(values):\n    return 0.0\n"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ada is right, Bob's mean is wrong; both have verdicts."""
    root = copy_of_tiny(tmp_path_factory.mktemp("dry") / "tiny")
    course = Course(root, A)
    for student, replaced in {"ada": {}, "bob": {"mean": WRONG}}.items():
        folder = root / "submitted" / student / A
        folder.mkdir(parents=True)
        (folder / "basics.ipynb").write_bytes(notebook(course, replaced))
    options = Options(insist=False)
    assert len(list(grade_cohort(course, ["ada", "bob"], jobs=1, seed=SEED, options=options))) == 2
    return root


def everything(root: Path) -> dict[str, str]:
    """Each file of a course, and what is in it."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def dry_run(root: Path) -> tuple[int, str]:
    heard = io.StringIO()
    request = Request(root, A, jobs=1, unjailed=True)
    code = try_grading(request, Console(file=heard, width=160, highlight=False))
    return code, heard.getvalue()


def test_nothing_changed_nothing_would(graded: Path) -> None:
    before = everything(graded)
    code, printed = dry_run(graded)
    assert code == 0
    assert "2 of them had not changed" in printed and "Nothing was written" in printed
    assert everything(graded) == before


@pytest.fixture
def claims(graded: Path) -> Iterator[Path]:
    """The file of an exercise's claims, which is as it was afterwards."""
    path = graded / "assignments" / A / "mean.py"
    kept = path.read_text("utf-8")
    yield path
    path.write_text(kept, "utf-8")


def test_a_wider_tolerance_shows_whose_points_would_rise_and_writes_nothing(
    graded: Path, claims: Path
) -> None:
    earlier = read_verdict(graded, A, "bob")
    exact = "agree(student.mean(values), truth(values), tolerance=ROUNDING)"
    claims.write_text(claims.read_text("utf-8").replace(exact, exact.replace("ROUNDING", "100.0")))
    before = everything(graded)
    code, printed = dry_run(graded)
    assert everything(graded) == before
    words = " ".join(printed.split())
    assert code == 1 and "mean: is_the_mean holds now" in words, printed
    assert "Of 2: 1 up, 0 down, 1 with the same points." in printed
    assert read_verdict(graded, A, "bob") == earlier


def test_a_claim_that_no_right_answer_meets_is_named_before_it_costs_anybody(
    graded: Path, claims: Path
) -> None:
    exact = "agree(student.mean(values), truth(values), tolerance=ROUNDING)"
    claims.write_text(claims.read_text("utf-8").replace(exact, "assert False"))
    code, printed = dry_run(graded)
    assert code == 1 and "Not graded: mean" in printed
    assert f"assignments/{A}/mean.py" in printed
