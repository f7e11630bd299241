"""`course diff`: whose points differ between two grading runs, and by which claims."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rich.console import Console

from course_lib.cli import main
from course_lib.errors import CourseError
from course_lib.grading.verdict import Verdict, write_verdict
from course_lib.regrade.differences import compare
from course_lib.regrade.printed import diff_folders

A = "01_pendulum"


def verdict(
    student: str, code: str = "1", assignment: str = A, **claims: dict[str, bool]
) -> Verdict:
    """A verdict in which each claim that holds is a point."""
    checks: list[Any] = [
        {
            "exercise": exercise,
            "earned": float(sum(held.values())),
            "points": float(len(held)),
            "status": "passed" if all(held.values()) else "failed",
            "claims": [{"claim": name, "passed": passed} for name, passed in held.items()],
        }
        for exercise, held in claims.items()
    ]
    return {
        "format": 1, "assignment": assignment, "student": student, "notebook": "pendulum",
        "seed": 7, "isolation": [], "cpu_seconds": 0.0, "wall_seconds": 0.0,
        "earned": sum(check["earned"] for check in checks),
        "possible": sum(check["points"] for check in checks),
        "content_hash": code, "checks": checks,
    }  # fmt: skip


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Path, Path]:
    """Before: ada 2, bob 1, cleo 1, dora 2. After: bob up, cleo down, dora anew, ada as before."""
    same = {"adds_up": True, "is_even": True}
    before = [
        verdict("ada", mean=same),
        verdict("bob", mean={"adds_up": False, "is_even": True}),
        verdict("cleo", mean={"adds_up": True, "is_even": False}, walk={"returns": True}),
        verdict("dora", mean=same),
        verdict("gone", mean=same),
    ]
    after = [
        verdict("ada", mean=same),
        verdict("bob", mean=same),
        verdict("cleo", mean={"adds_up": False, "is_even": False}, walk={"returns": True}),
        verdict("dora", code="2", mean={"adds_up": False, "is_even": True}),
        verdict("new", mean=same),
    ]
    for name, verdicts in {"before": before, "after": after}.items():
        for each in verdicts:
            write_verdict(tmp_path / name, each)
    return (tmp_path / "before" / "verdicts" / A, tmp_path / "after" / "verdicts" / A)


def printed(runs: tuple[Path, Path]) -> tuple[int, list[str]]:
    """The exit code and the lines, without the white space between columns."""
    heard = io.StringIO()
    code = diff_folders(*runs, Console(file=heard, width=160, highlight=False))
    return code, [" ".join(line.split()) for line in heard.getvalue().splitlines()]


def test_who_goes_up_and_who_goes_down_and_by_which_claim(runs: tuple[Path, Path]) -> None:
    code, lines = printed(runs)
    assert code == 1
    assert "bob 1/2 → 2/2 mean: adds_up holds now" in lines
    assert "cleo 2/3 → 1/3 mean: adds_up does not hold any more" in lines
    assert not any(line.startswith("ada ") for line in lines)
    assert "Of 4: 1 up, 2 down, 1 with the same points." in lines


def test_the_claims_are_counted_over_the_class(runs: tuple[Path, Path]) -> None:
    _, lines = printed(runs)
    assert "mean adds_up holds now 1" in lines
    assert "mean adds_up does not hold any more 2" in lines


def test_who_handed_in_anew_is_marked(runs: tuple[Path, Path]) -> None:
    _, lines = printed(runs)
    assert "dora 2/2 → 1/2 handed in anew" in lines


def test_who_is_in_one_folder_alone_is_named(runs: tuple[Path, Path]) -> None:
    _, lines = printed(runs)
    assert "Only now: new." in lines and "Only before: gone." in lines


def test_the_same_verdicts_are_no_difference(runs: tuple[Path, Path]) -> None:
    assert printed((runs[0], runs[0])) == (0, ["Of 5: 0 up, 0 down, 5 with the same points."])


def test_a_claim_that_differs_without_points_is_told_and_is_no_change_of_points() -> None:
    then = verdict("ada", mean={"adds_up": True, "is_even": False})
    now = verdict("ada", mean={"adds_up": False, "is_even": True})
    change = compare(then, now)
    assert change is not None and not change.in_points
    assert [claim.claim for claim in change.exercises[0].claims] == ["adds_up", "is_even"]


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        ({"old": True}, {"new": False}, ["is new, and does not hold", "is gone"]),
        ({}, {"new": True}, ["is new, and holds"]),
    ],
)
def test_claims_that_come_and_go(then: Any, now: Any, words: list[str]) -> None:
    change = compare(verdict("ada", mean=then), verdict("ada", mean=now))
    assert change is not None
    assert [claim.words for claim in change.exercises[0].claims] == words


def test_a_file_that_is_no_verdict_is_named_and_the_others_are_compared(
    runs: tuple[Path, Path],
) -> None:
    (runs[1] / "bob.json").write_text('{"format": 1}')
    code, lines = printed(runs)
    assert code == 1 and any("Not a verdict, and left out:" in line for line in lines)
    assert any(line.startswith("cleo ") for line in lines)


def test_verdicts_of_two_assignments_and_an_empty_folder_are_refused(
    runs: tuple[Path, Path], tmp_path: Path
) -> None:
    write_verdict(tmp_path / "x", verdict("ada", assignment="02_other", mean={"a": True}))
    with pytest.raises(CourseError, match="different assignments: 01_pendulum, 02_other"):
        diff_folders(runs[0], tmp_path / "x" / "verdicts" / "02_other")
    shutil.rmtree(runs[1])
    runs[1].mkdir()
    with pytest.raises(CourseError, match="there is no verdict in"):
        diff_folders(*runs)


def test_the_command_compares_two_folders(runs: tuple[Path, Path]) -> None:
    done = CliRunner().invoke(main, ["diff", *map(str, runs)])
    assert done.exit_code == 1 and "bob" in done.output
