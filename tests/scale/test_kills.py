"""A worker killed at a random moment: no verdict is lost, none is made twice, none is another.

COURSE_KILLS=50 pytest tests/scale/test_kills.py -m slow      # as often as the issue asks
"""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from course_lib.grading.course import Course
from course_lib.grading.engine import grade_cohort
from course_lib.grading.verdict import read_verdict
from tests.grading.conftest import ASSIGNMENT, SEED, with_cells
from tests.scale.conftest import SOLVED, WRONG, course_of

RUNS = int(os.environ.get("COURSE_KILLS", "3"))


@pytest.fixture
def course(tmp_path: Path) -> Course:
    right, wrong = with_cells(SOLVED, {}), with_cells(SOLVED, {"log_prior": WRONG})
    return course_of(tmp_path / "course", {"a": right, "b": wrong, "c": right, "d": b"{}"})


def graders() -> list[int]:
    """The worker processes that this one has started."""
    found = []
    for task in Path(f"/proc/{os.getpid()}/task").iterdir():
        found += [int(pid) for pid in (task / "children").read_text().split()]
    return [pid for pid in found if "grading.grader" in _command(pid)]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def killing(moment: float, draw: random.Random) -> threading.Thread:
    """Kill one of the workers `moment` seconds from now, or as soon as there is one."""

    def kill() -> None:
        time.sleep(moment)
        end = time.monotonic() + 60
        while not (pids := graders()) and time.monotonic() < end:
            time.sleep(0.02)
        if pids:
            os.kill(draw.choice(pids), signal.SIGKILL)
            killed.append(moment)

    killed: list[float] = []
    thread = threading.Thread(target=kill, daemon=True)
    thread.killed = killed  # type: ignore[attr-defined]
    thread.start()
    return thread


@pytest.mark.slow
def test_no_verdict_is_lost_or_doubled(course: Course):
    def grade() -> dict[str, float]:
        outcomes = list(grade_cohort(course, course.students(), jobs=2, seed=SEED, again=True))
        assert Counter(each.student for each in outcomes) == dict.fromkeys("abcd", 1)
        for each in outcomes:
            assert read_verdict(course.root, ASSIGNMENT, each.student) == each.verdict
        return {each.student: each.verdict["earned"] for each in outcomes}

    began = time.monotonic()
    expected = grade()
    seconds = time.monotonic() - began
    draw = random.Random(SEED)
    hits = 0
    for _ in range(RUNS):
        for path in (course.root / "verdicts" / ASSIGNMENT).glob("*.json"):
            path.unlink()
        thread = killing(draw.uniform(0.0, seconds), draw)
        assert grade() == expected
        thread.join(0.0 if not graders() else 1.0)
        hits += len(thread.killed)  # type: ignore[attr-defined]
    assert hits >= RUNS // 2, f"only {hits} of {RUNS} kills met a worker"
