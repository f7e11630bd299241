"""The canaries work: with the layer off that stands before it, the same attack touches one.

Only attacks that do no harm are let out, and only into a course of their own.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from arena import Arena, breaches
from attack_bank import attacks

from course_lib.grading.time_limits import TimeLimits

BANK = {attack.slug: attack for attack in attacks()}
# Without `mount` a submission runs as whoever grades: an ordinary user inside may not be able to
# read the interpreter, where that lies in somebody's home.
OUTSIDE = ("user", "mount", "landlock")
# Which layers stand before it, and what is then reached. What was not asked for stays on.
LET_OUT = {
    "results_in_files": (OUTSIDE, "in the course was changed"),
    "writes_the_gradebook": (OUTSIDE, "the gradebook says"),
    "reads_other_submissions": (OUTSIDE, "BREACHED"),
    "network_tcp": (("net", "landlock", "seccomp"), "the TCP port was called"),
    "network_unix": (("net", "landlock", "seccomp"), "the abstract socket was called"),
    "raises_its_limits": (("rlimit",), "BREACHED"),
    "memory_bomb": (("rlimit",), "BREACHED"),
    "rare_system_calls": (("seccomp",), "BREACHED"),
}


@pytest.mark.slow
@pytest.mark.parametrize("slug", LET_OUT)
def test_with_its_layer_off_the_attack_reaches_something(slug: str, tmp_path: Path) -> None:
    without, reached = LET_OUT[slug]
    course = tmp_path / "course"
    course.mkdir()
    with Arena(course, without=without) as arena:
        verdict = arena.grade(
            BANK[slug], TimeLimits()
        )  # none of them is endless: no clock is to help
        found = arena.canaries.touched() + breaches(verdict, arena.canaries.secret)
    assert any(reached in sentence for sentence in found), found


@pytest.mark.slow
def test_a_process_that_could_start_ends_with_its_namespace(tmp_path: Path) -> None:
    """Without the filter a daemon starts, and is gone all the same when there is a verdict."""
    course = tmp_path / "course"
    course.mkdir()
    with Arena(course, without=("seccomp",)) as arena:
        verdict = arena.grade(BANK["daemon_outlives"])
        assert "BREACHED a process was started" in breaches(verdict, arena.canaries.secret)
        assert arena.left_over() == []
        assert arena.canaries.touched() == []
