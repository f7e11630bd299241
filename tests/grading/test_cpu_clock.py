"""The CPU time of another process is read from outside, in its own pid namespace too."""

from __future__ import annotations

import os
import time

from course_lib.grading.cpu_clock import CpuClock
from course_lib.grading.time_limits import TimeLimits
from course_lib.protocol.questions import Question

WORK = """
import time
def work(n):
    return sum(range(int(n)))
def sleep(n):
    time.sleep(n)
    return n
"""


def test_a_process_that_works_uses_time_and_one_that_is_gone_no_more():
    child = os.fork()
    if child == 0:
        while True:
            pass
    spent = CpuClock(os.pidfd_open(child))
    while spent() < 0.05:
        time.sleep(0.01)
    os.kill(child, 9)
    os.waitpid(child, 0)
    assert 0.05 <= spent() == spent() < 5.0


def test_a_handle_that_says_nothing_makes_it_wall_time():
    spent = CpuClock(os.open(os.devnull, os.O_RDONLY))
    time.sleep(0.02)
    assert 0.02 <= spent() < 5.0


def test_a_students_process_is_seen_to_work_and_to_sleep(fork_server):
    process = fork_server.spawn(budget=TimeLimits())
    process.run([("work", WORK)])
    before = process.spent()
    process.ask([Question.call("sleep", (0.3,))])
    asleep = process.spent() - before
    process.ask([Question.call("work", (3e6,))])
    worked = process.spent() - before - asleep
    used = process.close().cpu_seconds
    assert asleep < 0.1 < 0.3 and worked > 2 * asleep
    assert abs(used - process.spent()) < 0.2
