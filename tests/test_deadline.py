"""Time is up by the CPU that was used; a busy machine takes nothing of it."""

from __future__ import annotations

import pytest

from course_lib import deadline
from course_lib.deadline import FAR, Deadline, WaitingAllowance


class Machine:
    """A machine whose two clocks the test moves: `share` of each second is the process's."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def spent(self) -> float:
        return self.cpu

    def monotonic(self) -> float:
        return self.wall

    def goes_on(self, seconds: float, share: float) -> None:
        self.wall += seconds
        self.cpu += share * seconds


@pytest.fixture
def machine(monkeypatch) -> Machine:
    found = Machine()
    monkeypatch.setattr(deadline.time, "monotonic", found.monotonic)
    return found


def wall_seconds(machine: Machine, limit: Deadline, share: float) -> float:
    """After how many seconds it is over, for what gets `share` of a core."""
    began = machine.wall
    while not limit.over():
        machine.goes_on(min(limit.look_again(), 0.05), share)
    return machine.wall - began


@pytest.mark.parametrize(
    ("share", "seconds"),
    [(1.0, 6.0), (4.0, 1.5), (0.5, 12.0), (0.15, 40.0), (0.02, 6.0 * FAR), (0.0, 6.0)],
    ids=["quiet", "four threads", "busy", "very busy", "hardly any", "asleep"],
)
def test_it_is_over_after_its_cpu_seconds_or_when_idle(machine, share, seconds):
    assert wall_seconds(machine, Deadline(6.0, machine.spent), share) == pytest.approx(
        seconds, abs=0.3
    )


def test_what_was_used_before_does_not_count(machine):
    machine.goes_on(100.0, 1.0)
    limit = Deadline(2.0, machine.spent)
    assert not limit.over() and limit.left == 2.0


def test_who_falls_asleep_after_some_work_is_waited_for_as_long_again(machine):
    limit = Deadline(2.0, machine.spent)
    machine.goes_on(1.9, 0.5)
    assert 2.0 <= wall_seconds(machine, limit, 0.0) <= 4.2


# ------------------------------------------------------------------ waiting without computing


def waited_for(machine: Machine, share: float) -> float:
    """After how many seconds somebody who uses `share` of a core has waited too long."""
    allowance, began = WaitingAllowance(45.0), machine.wall
    while not allowance.over() and machine.wall - began < 1000.0:
        before = machine.cpu
        machine.goes_on(0.25, share)
        allowance.waited(0.25, machine.cpu - before)
    return machine.wall - began


@pytest.mark.parametrize(
    ("share", "stretch", "seconds"),
    [(0.0, 1.0, 45.0), (0.05, 1.0, 56.25), (0.05, 2.5, 90.0), (0.3, 1.0, 1000.0),
     (0.11, 2.5, 1000.0)],
    ids=["asleep", "drips", "drips on a busy machine", "computes", "gets a ninth of a core"],
)  # fmt: skip
def test_who_does_a_little_now_and_then_is_not_waited_for(
    machine, monkeypatch, share, stretch, seconds
):
    monkeypatch.setattr(deadline, "stretch", lambda: stretch)
    assert waited_for(machine, share) == pytest.approx(seconds, abs=0.5)


def test_it_is_one_allowance_over_all_processes_and_grows_beyond_no_bound(machine, monkeypatch):
    monkeypatch.setattr(deadline, "stretch", lambda: 1.0)
    allowance = WaitingAllowance(10.0)
    allowance.waited(wall=50.0, cpu=50.0)  # computing is no credit for later
    for _ in range(4):
        assert not allowance.over()
        allowance.waited(wall=2.5, cpu=0.0)
    assert allowance.over()
