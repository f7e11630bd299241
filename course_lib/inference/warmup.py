"""Warm-up: when to learn the step size, and when to learn the metric.

Windows as in Stan: a fast one (75 transitions) to find the posterior, slow ones that double
(25, 50, 100, …) and each end with a new metric from their own draws, a fast one (50) to settle
the step size.

    >>> schedule(1000).metric_updates
    (100, 150, 250, 450, 950)

Source: Stan reference manual, "Automatic parameter tuning". One difference: Stan pulls variances
towards 0.001, a number with a unit; here only correlations are pulled, towards none, so that a
change of the parameters' units changes nothing.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from course_lib.inference.metrics import DenseMetric, DiagonalMetric, IdentityMetric, Metric

Vector = NDArray[np.float64]
FIRST_FAST, FIRST_SLOW, LAST_FAST = 75, 25, 50


class Schedule(NamedTuple):
    """Which transitions of the warm-up feed the metric, and after which it is renewed."""

    slow_start: int
    """The first transition (from 0) whose draw counts for the metric."""
    metric_updates: tuple[int, ...]
    """After this many transitions the metric is renewed, and the next window begins."""


def schedule(warmup: int) -> Schedule:
    """The windows for a warm-up of so many transitions.

    Under 20 transitions only the step size is learnt; if the windows above do not fit (fewer than
    150), the fast ones take 15 % and 10 %.
    """
    if warmup < 20:
        return Schedule(warmup, ())
    first, slow, last = FIRST_FAST, FIRST_SLOW, LAST_FAST
    if first + slow + last > warmup:
        first, last = int(0.15 * warmup), int(0.1 * warmup)
        slow = warmup - first - last
    updates, end, length = [], first, slow
    while end < warmup - last:
        end += length
        length *= 2
        if end + length > warmup - last:  # no room for a whole next window: stretch this one
            end = warmup - last
        updates.append(end)
    return Schedule(first, tuple(updates))


class MetricLearner:
    """The metric of one chain: kept as given, or learnt window by window.

    Parameters
    ----------
    metric : Metric, "diagonal" or "dense"
        A Metric is kept; a name says what shape to learn, from the identity.
    dimension : int
        d. Raises ValueError if the metric has another size.
    """

    def __init__(self, metric: Metric | str, dimension: int):
        if isinstance(metric, Metric):
            if metric.dimension != dimension:
                raise ValueError(
                    f"the metric is for {metric.dimension} parameters, the start has {dimension}"
                )
            self.shape, self.current = None, metric
        elif metric in ("diagonal", "dense"):
            self.shape, self.current = metric, IdentityMetric(dimension)
        else:
            raise ValueError(
                f'metric must be a Metric, "diagonal" or "dense", got {metric!r}. '
                f"From a chain [n, d]: DiagonalMetric(np.var(chain, axis=0))"
            )
        self._window: list[Vector] = []

    def add(self, position: Vector) -> None:
        """One more draw [d] for the present window."""
        if self.shape:
            self._window.append(position)

    def renew(self) -> bool:
        """Close the window; True if the metric is a new one (a window without moves gives none)."""
        window, self._window = np.array(self._window), []
        if len(window) < 3 or np.any(np.var(window, axis=0) == 0):
            return False
        variance = np.var(window, axis=0, ddof=1)
        if self.shape == "dense":
            n = len(window)
            covariance = np.atleast_2d(np.cov(window, rowvar=False)) * n / (n + 5.0)
            np.fill_diagonal(covariance, variance)
            self.current = DenseMetric(covariance)
        else:
            self.current = DiagonalMetric(variance)
        return True
