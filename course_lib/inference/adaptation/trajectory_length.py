"""The length of HMC's trajectories: a quarter of the period of the slowest parameter.

    >>> lag_one = expected_correlation(math.pi / 8)     # too short: an eighth of the period
    >>> round(corrected_time(1.0, lag_one), 2)          # four times as long is a quarter
    4.0

A parameter with a normal posterior oscillates like a pendulum: after a time t, its correlation with
the place where it started is cos ωt. After a quarter of the period this is 0, and a draw is worth
most for its cost; after that the parameter comes back.

Lengths differ from draw to draw, between 1/2 and 3/2 of their mean, so that they are not always a
multiple of some other parameter's period. If all parameters have about the same period, they differ
between 3/4 and 5/4, because nearer to a quarter period the widths are forgotten faster, too.

The mean is set after each window of the warm-up, from the largest correlation between successive
draws of any parameter. The aim is that of ChEES (Hoffman, Radul & Sountsov 2021, AISTATS 130), but
ChEES climbs the gradient of a criterion; here an equation is solved.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
FIRST_TIME = math.pi / 2
"""A quarter of the period of a normal posterior whose metric is right."""
GOLDEN = (math.sqrt(5) - 1) / 2
"""Its multiples modulo 1 fill the unit interval more evenly than random numbers (Weyl 1916)."""
MAX_CHANGE = 4.0
"""Largest factor of change after one window: a correlation near 1 does not say how near."""
LAST_CHANGE = 1.5
"""Largest factor of change after the last window, whose step size is kept."""
WIDE, NARROW = 0.5, 0.25
"""How far lengths spread to either side of their mean, relative to it."""
SIMILAR_PERIODS = 1.5
"""If the longest period is less than this times the shortest, the lengths have a narrow spread. At
a quarter of the longest, the others are at 0.38 of their period at most. There the square of the
cosine, the correlation of the widths, is at most 1/2."""
_PHASES = np.linspace(0.01, 2.6, 2000)


class TrajectoryLength:
    """The lengths of all trajectories, in units of time: their mean `time`, and their `spread`."""

    def __init__(self) -> None:
        self.time, self.spread = FIRST_TIME, WIDE
        self._used = 0

    def next_times(self, room: int, used: int) -> Floats:
        """Lengths of the next trajectories, [room]; the first `used` of them will be used."""
        times = jittered_times(self.time, self._used, room, self.spread)
        self._used += used
        return times

    def update(
        self, q: Floats, acceptance: float, max_change: float, travelled: float | None = None
    ) -> None:
        """Set the mean length after a window.

        Parameters
        ----------
        q : array [steps, d, C]
            Its draws.
        acceptance : float
            Their mean acceptance probability.
        max_change : float
            The length changes at most by this factor.
        travelled : float, optional
            The mean length of the window's trajectories, if they were cut short.
        """
        time = self.time if travelled is None else min(self.time, travelled)
        lag_one = worst_correlation(q, acceptance)
        self.time = corrected_time(time, lag_one, max_change, self.spread)

    def set_spread(self, width_ratio: float) -> None:
        """Choose the spread, given the longest period relative to the shortest."""
        self.spread = NARROW if width_ratio < SIMILAR_PERIODS else WIDE


def expected_correlation(phase: ArrayLike, spread: float = WIDE) -> Floats:
    """Mean of cos(phase·j) for j uniform in 1 ± spread: falls from 1, and is 0 at phase = π/2."""
    phase = np.asarray(phase, np.float64)
    return np.asarray(np.cos(phase) * np.sinc(spread * phase / math.pi))


def jittered_times(time: float, first: int, count: int, spread: float = WIDE) -> Floats:
    """Lengths of the trajectories number `first` and following, [count], with mean `time`."""
    numbers = np.arange(first, first + count, dtype=np.float64)
    return time * (1 - spread + 2 * spread * (GOLDEN * numbers % 1.0))


def worst_correlation(q: Floats, acceptance: float = 1.0) -> float:
    """The largest correlation between successive draws of q [steps, d, C], over the parameters.

    All chains together. Two contributions are subtracted. A rejected proposal repeats the draw,
    with a correlation of 1, which another length would not change: 1 − acceptance. And the largest
    of d estimates is too large by chance: each has a standard error of 1/√(steps·C).
    """
    steps, d, chains = q.shape
    away = q - q.mean(axis=(0, 2), keepdims=True)
    square = (away**2).mean(axis=(0, 2))
    product = (away[1:] * away[:-1]).mean(axis=(0, 2))
    worst = np.max(product / np.where(square > 0, square, 1.0))
    worst -= math.sqrt(2 * math.log(d) / (steps * chains))
    return float((worst - (1 - acceptance)) / max(acceptance, 0.1))


def corrected_time(
    time: float, lag_one: float, max_change: float = MAX_CHANGE, spread: float = WIDE
) -> float:
    """The mean length at which the correlation should be 0, if it is `lag_one` at `time`.

    It changes at most by a factor of `max_change`.
    """
    phase = float(np.interp(-lag_one, -expected_correlation(_PHASES, spread), _PHASES))
    return time * float(np.clip(math.pi / 2 / phase, 1 / max_change, max_change))
