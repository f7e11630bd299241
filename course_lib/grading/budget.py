"""How long a submission may take, on this machine, as busy as it is now.

Budget().under_load()      # the same limits, longer where others use the cores
"""

from __future__ import annotations

import os
from dataclasses import astuple, dataclass

PATIENCE = 4.0  # times that a busy machine may stretch a limit, at most: nobody waits for ever


@dataclass(frozen=True)
class Budget:
    """Wall-clock limits of one submission, in seconds, on the grader's clock.

    They are for a machine that has a core to spare for it: the slowest right answer of the bank, a
    likelihood mapped over its points one by one, takes 3 s for a call of `fit_line` and 20 in all.
    """

    cell: float = 15.0
    first_call: float = 10.0  # tracing and compiling count
    call: float = 6.0
    notebook: float = 120.0

    def under_load(self) -> Budget:
        """The same on a machine as busy as this one is: nobody fails for a neighbour's work."""
        share = min(max(os.getloadavg()[0] / usable_cores(), 1.0), PATIENCE)
        return Budget(*(share * seconds for seconds in astuple(self)))


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0))
