"""The limits that several parts of the package share, each once, with its unit and its reason.

What only one module limits stands in that module.
"""

from __future__ import annotations

import os

# Seconds of CPU time, for the grader as for a student's own `check` and `course check`: what a
# student saw to be quick enough is graded, too, and a busy machine takes nothing of it
# (`deadline`). The slowest right answer of the banks, a likelihood mapped over its points one by
# one, takes 3 s for a call of the fit that is built on it and 20 s in all; on a busy machine, whose
# caches it shares, more than twice that.
CELL_SECONDS = 15.0  # one cell of a notebook
FIRST_CALL_SECONDS = 15.0  # the first call of a function, which may trace and compile
CALL_SECONDS = 10.0  # every later call: three times the slowest right answer's
NOTEBOOK_SECONDS = 120.0  # all cells and calls: six times the slowest right answer's
EXERCISE_SECONDS = 60.0  # all calls of one `check(f)`: three times the slowest right answer's
# Seconds of wall time in which a submission may wait without computing, in all: a right answer
# waits for nothing, and a sleep in a cell of somebody's takes a few.
WAITING_SECONDS = 45.0
PATIENCE = 4.0  # times the CPU seconds of all, in wall time: nobody waits for ever

MEMORY_BYTES = 2 * 2**30  # address space beyond what the imported libraries have mapped

STRIKES = 2  # times that one exercise may be too late, or end its process; then it has failed


def stretch() -> float:
    """How many times longer a limit is on a machine as busy as this one is now."""
    if not hasattr(os, "getloadavg"):  # Windows
        return 1.0
    return min(max(os.getloadavg()[0] / usable_cores(), 1.0), PATIENCE)


def usable_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # macOS


# Characters in one cell, for reading what was handed in and for writing it into a page. It is far
# more than anybody types; colouring it may cost the square of it, 1.2 s.
SOURCE_LIMIT = 50_000

# Characters of the error with which a cell stopped, in a sentence about it.
ERROR_LIMIT = 300
