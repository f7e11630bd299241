"""What takes too long is stopped, with the system's alarm clock and without."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time

import pytest

from course_lib import alarm
from course_lib.alarm import OutOfTimeError, limited

CLOCKS = pytest.mark.parametrize("clock", [alarm._by_signal, alarm._by_thread])


def loop_for_ever() -> None:
    while True:
        pass


@CLOCKS
def test_an_endless_loop_is_ended(clock) -> None:
    with pytest.raises(OutOfTimeError), clock(0.05) as rang:
        loop_for_ever()
    assert rang


@CLOCKS
def test_it_rings_again_for_code_that_catches_everything(clock, monkeypatch) -> None:
    monkeypatch.setattr(alarm, "AGAIN", 0.05)
    caught = 0
    with pytest.raises(OutOfTimeError), clock(0.05):
        while caught < 2:
            try:
                loop_for_ever()
            except BaseException:
                caught += 1
        loop_for_ever()
    assert caught == 2


@CLOCKS
def test_what_ends_in_time_is_left_alone(clock) -> None:
    for _ in range(200):
        with clock(60.0) as rang:
            pass
        assert not rang


def test_no_ring_is_left_over_for_what_comes_after() -> None:
    for _ in range(30):  # it rings about when the block ends: heard in the block, or not at all
        with contextlib.suppress(OutOfTimeError), alarm._by_thread(0.001):
            time.sleep(0.001)
        assert sum(range(1000)) == 499_500


TRACED_AFTERWARDS = """
import contextlib, resource, sys, time
from course_lib import alarm
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
with contextlib.suppress(alarm.OutOfTimeError), alarm._by_thread(0.01):
    time.sleep(0.1)
sys.settrace(lambda *_event: None)
(lambda: None)()
print("went on")
"""


def test_a_program_can_be_traced_after_a_ring() -> None:
    """As a debugger does; a ring that was taken back made that an endless loop."""
    command = [sys.executable, "-c", TRACED_AFTERWARDS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "went on\n", done.stderr


def test_no_clock_goes_on_that_rings_all_the_time(monkeypatch) -> None:
    monkeypatch.setattr(alarm, "AGAIN", 0.0)
    others = threading.active_count()
    for _ in range(300):
        with contextlib.suppress(OutOfTimeError), alarm._by_thread(0.0):
            sum(range(10_000))
        assert threading.active_count() == others


def test_another_thread_has_a_limit_too() -> None:
    ended: list[bool] = []

    def work() -> None:
        try:
            with limited(0.05):
                loop_for_ever()
        except OutOfTimeError:
            ended.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(60)
    assert ended
