"""A worker killed at a random moment: no verdict is lost, none is made twice, none is another.

COURSE_KILLS=50 pytest tests/scale/test_kills.py -m slow      # fifty times, ten minutes
COURSE_KILLS=10 COURSE_KILLS_FIRST=2 …                         # other moments
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.grading.course import Course
from course_lib.grading.pool import engine
from course_lib.grading.pool.engine import grade_cohort
from course_lib.grading.pool.grader import Options
from course_lib.grading.pool.graders import Graders
from course_lib.grading.verdict import read_verdict
from tests.course_folder import TINY
from tests.grading.conftest import SEED, with_cells
from tests.scale.conftest import TINY_SOLVED, TINY_WRONG, tiny_course

RUNS = int(os.environ.get("COURSE_KILLS", "3"))
FIRST = int(os.environ.get("COURSE_KILLS_FIRST", "1"))  # the seed of the moments


@pytest.fixture
def course(tmp_path: Path) -> Course:
    right, wrong = with_cells(TINY_SOLVED, {}), with_cells(TINY_SOLVED, TINY_WRONG)
    return tiny_course(tmp_path / "course", {"a": right, "b": wrong, "c": right, "d": b"{}"})


@pytest.fixture
def one_pool(course: Course, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Runs have one plan, and one pool of graders: a run then costs one grader's start, not three.

    A killed grader is missed in the run that it was killed in, or at the start of the next one.
    """
    plan = course.plan(SEED)
    monkeypatch.setattr(Course, "plan", lambda *_: plan)
    with Graders(plan, 2, Options()) as pool:
        monkeypatch.setattr(engine, "_graders", lambda *_: contextlib.nullcontext(pool))
        yield


def graders() -> list[int]:
    """The worker processes that this one has started."""
    found = []
    for task in Path(f"/proc/{os.getpid()}/task").iterdir():
        found += [int(pid) for pid in (task / "children").read_text().split()]
    return [pid for pid in found if "grading.pool.grader" in _command(pid)]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


class Killer(threading.Thread):
    """Kills one of the workers `moment` seconds after it was started."""

    def __init__(self, moment: float, draw: random.Random) -> None:
        super().__init__(daemon=True)
        self._moment, self._draw = moment, draw
        self.killed = 0
        self.start()

    def run(self) -> None:
        time.sleep(self._moment)
        end = time.monotonic() + 60
        while not (pids := graders()) and time.monotonic() < end:
            time.sleep(0.02)
        if pids:
            self.killed = self._draw.choice(pids)
            os.kill(self.killed, signal.SIGKILL)


@pytest.mark.slow
def test_no_verdict_is_lost_or_doubled(course: Course, one_pool: None) -> None:
    def grade() -> dict[str, float]:
        outcomes = list(grade_cohort(course, course.students(), jobs=2, seed=SEED, again=True))
        assert Counter(each.student for each in outcomes) == dict.fromkeys("abcd", 1)
        for each in outcomes:
            assert read_verdict(course.root, TINY, each.student) == each.verdict
        return {each.student: each.verdict["earned"] for each in outcomes}

    expected = grade()
    began = time.monotonic()
    assert grade() == expected
    seconds = time.monotonic() - began
    draw, killed = random.Random(FIRST), set()
    for run in range(RUNS):
        for path in (course.root / "verdicts" / TINY).glob("[!.]*.json"):
            path.unlink()
        killer = Killer(draw.uniform(0.0, 1.5 * seconds), draw)  # a run with a new grader is longer
        assert grade() == expected, f"run {run}"
        killer.join()
        killed.add(killer.killed)
    assert len(killed - {0}) == RUNS, "a kill that met nobody"
