"""An audit says which mistakes pass, which right answers do not, and which attacks are paid."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path

import pytest
from rich.console import Console

from course_lib.errors import ReleaseRefused
from course_lib.grading.audit.audit_result import Audit
from course_lib.grading.audit.release_gate import refuse_release
from course_lib.grading.audit.run import run_audit
from course_lib.grading.course import Course
from course_lib.report.audit import print_audit

pytestmark = pytest.mark.slow

ASSIGNMENT = "00_worksheet"


@pytest.fixture(scope="module")
def audit(course_root: Path) -> Audit:
    return run_audit(Course(course_root, ASSIGNMENT), jobs=1, seed=3, mutants=6)


def test_the_figures_are_those_that_the_bank_deserves(audit: Audit) -> None:
    figures = audit.to_json()
    assert figures["mistakes"] == {
        "total": 3,
        "accepted": ["log_prior/no_mistake"],
        "named": 2,
    }
    assert figures["alternatives"] == {"total": 2, "rejected": ["tf_log_like/not_right"]}
    assert figures["attacks"] == {
        "total": 2,
        "paid": ["with_a_right_answer"],
        "touched": ["with_a_right_answer"],
    }
    json.dumps(figures)


def test_unusable_files_are_named(audit: Audit) -> None:
    unknown, right = audit.faults
    assert "mistakes/log_pirate/a.py: there is no exercise log_pirate" in unknown
    assert right.startswith(
        "mistakes/log_prior/no_mistake.py: it gave the solution's answer to each"
    )
    assert re.search(r"of \d+ other questions", right) and "it is no mistake" not in right
    assert not audit.passed


def test_mistakes_of_another_bank_are_named_from_the_assignments_own(
    course_root: Path, tmp_path: Path
) -> None:
    """What students will read is what the bank that is shipped says, whatever bank is tried."""
    for name, text in {
        "mistakes/log_prior/two_thirds": """\"\"\"Another bank's words.\"\"\"

def log_prior(m, b, log_s):
    return -1.0 * tf.math.log(1.0 + m**2)
""",
        "mistakes/log_prior/five_halves": """\"\"\"Nobody knows it.\"\"\"

def log_prior(m, b, log_s):
    return -2.5 * tf.math.log(1.0 + m**2)
""",
    }.items():
        path = tmp_path / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    audit = run_audit(Course(course_root, ASSIGNMENT), tmp_path, jobs=1, seed=3, attacks=False)
    assert {each.entry.slug: each.named for each in audit.mistakes} == {
        "two_thirds": "angle_only",
        "five_halves": None,
    }
    assert audit.named == ["log_prior/two_thirds"]
    assert audit.faults == []


def test_who_caught_what(audit: Audit) -> None:
    kills = audit.kills
    assert kills["log_prior"]["has_the_right_differences"] == ["angle_only"]
    assert kills["log_prob"]["can_be_differentiated"] == ["numpy_prior"]
    assert kills["log_prob"]["has_the_right_differences"] == []
    assert "log_prob: can_be_differentiated" not in audit.idle
    assert "log_prior: has_the_right_differences" in audit.idle  # others catch it too


def test_a_right_answer_that_is_refused_says_where(audit: Audit) -> None:
    (outcome,) = [outcome for outcome in audit.alternatives if outcome.lost_at]
    assert "tf_log_like" in outcome.lost_at
    assert "has_the_right_value" in outcome.caught_by


def test_generated_mistakes_lose_points_too(audit: Audit) -> None:
    assert len(audit.mutants) + audit.equivalent == 6
    assert audit.surviving == []


def test_people_read_the_same(audit: Audit) -> None:
    text = io.StringIO()
    print_audit(audit, Console(file=text, width=100), matrix=True)
    for words in ("log_prior/no_mistake", "tf_log_like/not_right (at", "with_a_right_answer"):
        assert words in text.getvalue()
    assert "The checks do not hold" in text.getvalue()


def test_a_release_is_refused_once_and_for_as_long_as_nothing_changes(course_root: Path) -> None:
    with pytest.raises(ReleaseRefused, match="a mistake that loses no point: log_prior/no_mistake"):
        refuse_release(Course(course_root, ASSIGNMENT), jobs=1)
    stored = course_root / "verdicts" / ASSIGNMENT / ".audit.json"
    made = stored.stat().st_mtime_ns
    with pytest.raises(ReleaseRefused, match="right answer that loses one: tf_log_like/not_right"):
        refuse_release(Course(course_root, ASSIGNMENT), jobs=1)
    assert stored.stat().st_mtime_ns == made


def test_the_worksheets_own_bank_holds(tmp_path: Path) -> None:
    """Every sixth right answer, and every sixth mistake that is a file; a release audits all."""
    root = Path(__file__).parents[2]
    for kind in ("mistakes", "alternatives"):
        for path in sorted((root / "assignments" / ASSIGNMENT / kind).rglob("*.py"))[::6]:
            place = tmp_path / kind / path.parent.name / path.name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, place)
    audit = run_audit(Course(root, ASSIGNMENT), tmp_path, attacks=False)
    assert (audit.accepted, audit.rejected, audit.faults) == ([], [], [])
    assert len(audit.named) >= 0.95 * len(audit.mistakes)
    assert len(audit.mistakes) > 20 and len(audit.alternatives) > 12
