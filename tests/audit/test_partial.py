"""An audit that was interrupted goes on where it stopped, and trusts nothing that has changed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from course_lib.claims.bank import Entry
from course_lib.grading.audit.audit_result import AuditResult
from course_lib.grading.audit.checkpoint import Checkpoint
from course_lib.grading.audit.run import run_audit
from course_lib.grading.course import Course

ENTRY = Entry("mistakes", "log_prior", "angle_only", "Said.", "def log_prior(): ...\n")
FATE = AuditResult(
    ENTRY, 1.25, 2.0, ("has_the_right_differences",), "angle_only", True, ("log_prior",)
)


def test_a_fate_is_found_again_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "verdicts" / "so-far.jsonl"
    Checkpoint(path, "key").put(FATE)
    assert Checkpoint(path, "key").get(ENTRY) == FATE


def test_another_key_or_another_source_is_another_matter(tmp_path: Path) -> None:
    path = tmp_path / "so-far.jsonl"
    Checkpoint(path, "key").put(FATE)
    assert Checkpoint(path, "other").get(ENTRY) is None
    assert Checkpoint(path, "key").get(replace(ENTRY, source="def log_prior(): pass\n")) is None
    assert Checkpoint(path, "key").get(replace(ENTRY, kind="alternatives")) is None


def test_a_line_that_was_cut_counts_as_none(tmp_path: Path) -> None:
    path = tmp_path / "so-far.jsonl"
    Checkpoint(path, "key").put(FATE)
    whole = path.read_text()
    path.write_text(whole[:-20] + "\n" + "[]\n{}\n")
    assert Checkpoint(path, "key").get(ENTRY) is None
    path.write_text(whole[:40] + "\n" + whole)
    assert Checkpoint(path, "key").get(ENTRY) == FATE


@pytest.mark.slow
def test_the_same_command_goes_on_where_it_stopped(course_root: Path) -> None:
    course = Course(course_root, "00_worksheet")
    seen: list[str] = []

    def interrupted(done: int, total: int, name: str) -> None:
        seen.append(name)
        if done == 3:  # the solution, and two entries
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_audit(course, jobs=1, seed=4, attacks=False, progress=interrupted)
    path = course_root / "verdicts" / "00_worksheet" / ".audit-so-far.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert len(lines) >= 2
    lines[0]["caught_by"] = ["found_in_the_first_run"]
    path.write_text("\n".join(json.dumps(line) for line in lines) + "\n")

    audit = run_audit(course, jobs=1, seed=4, attacks=False)
    assert [f.name for f in audit.mistakes + audit.alternatives
            if f.caught_by == ("found_in_the_first_run",)] == [seen[1]]  # fmt: skip
    assert len(audit.mistakes) == 3 and len(audit.alternatives) == 2
    assert not path.exists()
