"""The CPU time that another process has used, as the kernel counts it.

    spent = CpuClock(handle)      # a pidfd, which is closed
    spent()                       # seconds, of all threads of the process

A pidfd comes from another pid namespace with the number that the process has in this one, and every
process has a clock of its number. Source: clock_getcpuclockid(3), pidfd_open(2).
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from pathlib import Path

_WHOLE_PROCESS = 2  # CPUCLOCK_SCHED of the kernel: what all threads have used, in nanoseconds


class CpuClock:
    """Reads the clock of the process of a pidfd; after its end, what was read last.

    Where the process cannot be seen from here, it is wall time: nothing can be used twice as fast.
    """

    def __init__(self, handle: int) -> None:
        try:
            said = Path(f"/proc/self/fdinfo/{handle}").read_text()
        except OSError:
            said = ""
        finally:
            os.close(handle)
        found = re.search(r"^Pid:\s*(\d+)", said, re.MULTILINE)
        pid = int(found[1]) if found else 0
        self._clock = (~pid << 3) | _WHOLE_PROCESS if pid else time.CLOCK_MONOTONIC
        self._began = 0.0 if pid else time.monotonic()
        self._last = 0.0

    def __call__(self) -> float:
        """CPU seconds until now."""
        with contextlib.suppress(OSError):  # it has ended
            self._last = max(self._last, time.clock_gettime(self._clock) - self._began)
        return self._last
