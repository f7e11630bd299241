"""Until when something may go on, on a machine however busy.

    deadline = Deadline(6.0, spent)          # spent(): the CPU seconds that it has used until now
    while not deadline.over():
        wait(deadline.look_again())

What counts is the CPU time that is used. Wall time ends only what waits for nothing, and what has
had so much of it that no machine is so busy.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from course_lib.limits import PATIENCE, stretch

FAR = 10.0  # times its CPU seconds, in wall time: a core that is shared by ten gives a tenth
IDLE = 0.01  # of a core: who uses less, for as long as the limit is, waits for something else
LOOK = 0.25  # seconds of wall time between two looks at the CPU clock, at most


class Deadline:
    """Is over after `seconds` of CPU time, after `far` times that of wall time, or when idle.

    Idle is what has used no more than IDLE of a core for `seconds` of wall time.
    """

    def __init__(
        self, seconds: float, spent: Callable[[], float] = time.process_time, far: float = FAR
    ) -> None:
        self._seconds, self._spent = seconds, spent
        self._began = self._used = spent()
        self._looked = time.monotonic()
        self._end = self._looked + far * seconds

    @property
    def left(self) -> float:
        """CPU seconds that are left."""
        return self._seconds - (self._spent() - self._began)

    def over(self) -> bool:
        """Whether the time is up."""
        now, used = time.monotonic(), self._spent()
        if used - self._began >= self._seconds or now >= self._end:
            return True
        passed = now - self._looked
        if passed >= self._seconds:
            if used - self._used < IDLE * passed:
                return True
            self._looked, self._used = now, used
        return False

    def look_again(self) -> float:
        """Wall seconds after which it may be over; there is no use in looking before."""
        return min(LOOK, max(0.001, min(self.left, self._end - time.monotonic())))


class WaitingAllowance:
    """Wall seconds in which something may wait without computing, over all its processes.

        allowance = WaitingAllowance(45.0)
        allowance.waited(wall=0.25, cpu=0.0)
        allowance.over()                     # False: 44.75 s are left

    Who computes gets them back: PATIENCE for each second of CPU, and more on a busy machine, which
    gives each process a smaller share. So nobody stays by doing a little now and then.
    """

    def __init__(self, seconds: float) -> None:
        self._most = self._left = seconds

    def waited(self, wall: float, cpu: float) -> None:
        """Count `wall` seconds of waiting, while `cpu` seconds of CPU time were used."""
        self._left = min(self._most, self._left - wall + PATIENCE * stretch() * cpu)

    def over(self) -> bool:
        """Whether it is used up."""
        return self._left <= 0
