"""Where the time of a submission goes, stage by stage.

    clock = Stopwatch()
    with clock.stage("judging"):
        with clock.stage("calls"):      # the outer stage's clock stands still meanwhile
            ...
    clock.seconds                       # {"calls": (wall, cpu), "judging": (wall, cpu)}

The stages' times add up to the time between the first start and the last stop. CPU seconds are this
process's own: while another one works, only the wall clock goes on.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

Seconds = tuple[float, float]  # wall, CPU


class Stopwatch:
    """Sums up the wall and CPU seconds of each stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, Seconds] = {}
        self._stages: list[str] = []
        self._since: Seconds = (0.0, 0.0)

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """The time of this block is the stage's, but for that of stages within."""
        self._book()
        self._stages.append(name)
        try:
            yield
        finally:
            self._book()
            self._stages.pop()

    def _book(self) -> None:
        """What has passed since the last change belongs to the innermost stage."""
        now = time.perf_counter(), time.process_time()
        if self._stages:
            wall, cpu = self.seconds.get(self._stages[-1], (0.0, 0.0))
            self.seconds[self._stages[-1]] = (
                wall + now[0] - self._since[0],
                cpu + now[1] - self._since[1],
            )
        self._since = now
