"""How much time a submission may use, on a machine however busy.

TimeLimits(call=2.0)      # CPU seconds, as `course_lib.deadline` counts them
"""

from __future__ import annotations

from dataclasses import dataclass

from course_lib import limits


@dataclass(frozen=True)
class TimeLimits:
    """Limits of one submission, in CPU seconds. What uses none gets as much wall time."""

    cell: float = limits.CELL_SECONDS
    first_call: float = limits.FIRST_CALL_SECONDS  # of each function
    call: float = limits.CALL_SECONDS
    notebook: float = limits.NOTEBOOK_SECONDS
    waiting: float = limits.WAITING_SECONDS  # wall time without computing, in all
