"""The number of steps of each trajectory of elastic-step HMC: mostly few, sometimes many.

    >>> counts = step_counts(0, 10_000)
    >>> int(counts.min()), int(counts.max())
    (4, 256)
    >>> bool(np.median(counts) < 12 < 25 < counts.mean() < 40)
    True

Where scales differ from place to place, no one length fits: P(L) ∝ L^−1.5 spends about as much work
on long trajectories as on short ones. The numbers depend on nothing but their place in the
sequence, so that each transition leaves the posterior unchanged.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from course_lib.inference.adaptation.trajectory_length import GOLDEN

Floats = NDArray[np.float64]
FEWEST, MOST = 4, 256
"""The range of L. Measured on Neal's funnel: with L near 12 alone draws are worth 1/20 as much."""
POWER = 1.5
_COUNTS = np.arange(FEWEST, MOST + 1)
_CUMULATIVE = np.cumsum(_COUNTS**-POWER) / np.sum(_COUNTS**-POWER)


def step_counts(first: int, count: int) -> Floats:
    """The numbers of steps of the trajectories number `first` and following, [count].

    By the inverse of P(L)'s distribution function at the golden ratio's multiples (Weyl 1916).
    """
    levels = GOLDEN * np.arange(first, first + count, dtype=np.float64) % 1.0
    return _COUNTS[np.searchsorted(_CUMULATIVE, levels)].astype(np.float64)


class StepCounts:
    """The sequence of `step_counts`, and how much of it is used."""

    def __init__(self) -> None:
        self._used = 0

    def next_times(self, room: int, used: int) -> Floats:
        """The next numbers of steps, [room]; the first `used` of them will be used."""
        counts = step_counts(self._used, room)
        self._used += used
        return counts
