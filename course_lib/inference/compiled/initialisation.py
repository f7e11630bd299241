"""Where the chains start, and a first estimate of the metric there.

>>> target = BatchedTarget(lambda q: -0.5 * tf.reduce_sum((q / 3.0) ** 2, axis=0), 1)
>>> surroundings = Surroundings(target, 64, np.random.default_rng(1))
>>> q, gradient = surroundings.spread_points(np.zeros((1, 1)), log_prob=0.0, least=1)
>>> bool(2 < q.std() < 4)                              # spread as widely as the posterior
True
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.inference.adaptation.mass_matrix import diagonal_scale
from course_lib.inference.compiled.shared_metric import SharedMetric
from course_lib.inference.model.batched_target import BatchedTarget
from course_lib.inference.model.target import Target

Floats = NDArray[np.float64]
CLOSE_POINTS = 8
"""Points close to a start for the curvature there, at least."""
POINTS = 10
"""Points for each parameter, to estimate correlations with a standard error of √(1/10)."""
CLOSE = 1e-5
"""Relative distance of the close points: about the cube root of eps, where differences of gradients
have as much error from rounding as from the change of curvature."""
HALVINGS = 10
"""A displacement is halved at most this many times; then the chain begins at the start itself."""


def initialise(
    target: BatchedTarget,
    model: Any,
    starts: Floats,
    one_start: bool,
    metric: SharedMetric,
    rng: np.random.Generator,
) -> Floats:
    """Starting points [d, C]. Also sets the first estimate of `metric`.

    Parameters
    ----------
    target : BatchedTarget
    model : TFModel or callable
        Its names are used in error messages.
    starts : array [d, C]
        The user's starting points.
    one_start : bool
        They are all the same. If the metric is learnt, the chains then start spread around it.
    metric : SharedMetric
    rng : numpy.random.Generator

    Raises ValueError if log_prob or its gradient is not finite at a start.
    """
    value, gradient = check_starts(target, starts, model)
    dimension, chains = starts.shape
    if metric.adapts:
        q = starts
        least = POINTS * dimension if metric.may_be_dense else 2
        if one_start or chains < least:
            surroundings = Surroundings(target, chains, rng)
            q, gradient = surroundings.spread_points(q[:, :1], float(value[0]), least)
            if one_start:
                starts = q[:, :chains]
        metric.choose_kind(q, gradient, target.work)
        metric.estimate(q, gradient)
    metric.loc = starts.mean(axis=1, keepdims=True)
    return starts


class Surroundings:
    """Evaluates the target around a start, at C points at a time."""

    def __init__(self, target: BatchedTarget, chains: int, rng: np.random.Generator):
        self.target, self.chains, self._rng = target, chains, rng

    def spread_points(self, start: Floats, log_prob: float, least: int) -> tuple[Floats, Floats]:
        """Points [d, k] around a start [d, 1], and their gradients [d, k].

        They are spread as widely as the posterior, judged by the curvature at the start, but not
        where log π is far below `log_prob`, that of the start. k is a multiple of C, and at least
        `least`.
        """
        close = self._batches(CLOSE_POINTS, lambda: self._close_points(start))
        scale = diagonal_scale(*close)
        return self._batches(least, lambda: self._displaced(start, scale, log_prob))

    def _batches(
        self, least: int, make: Callable[[], tuple[Floats, Floats]]
    ) -> tuple[Floats, Floats]:
        parts = [make() for _ in range(-(-least // self.chains))]
        q, gradient = (np.concatenate(both, axis=1) for both in zip(*parts, strict=True))
        return q, gradient

    def _close_points(self, start: Floats) -> tuple[Floats, Floats]:
        size = CLOSE * np.maximum(np.abs(start), 1.0)
        q = start + size * self._rng.standard_normal((len(start), self.chains))
        return q, self.target.at(q)[1]

    def _displaced(self, start: Floats, scale: Floats, log_prob: float) -> tuple[Floats, Floats]:
        """Points displaced by `scale`, halved until log π is lower than at the start by < d + 10.

        Draws of a normal distribution have a log π of d/2 ± √(d/2) below its maximum.
        """
        d = len(start)
        away = scale * self._rng.standard_normal((d, self.chains))
        for factor in (*[0.5] * HALVINGS, 0.0):
            value, gradient = self.target.at(start + away)
            finite = np.isfinite(value) & np.all(np.isfinite(gradient), axis=0)
            good = finite & (value > log_prob - d - 10)
            if good.all():
                break
            away = np.where(good, away, factor * away)
        return start + away, self.target.at(start + away)[1]


def check_starts(target: BatchedTarget, q: Floats, model: Any) -> tuple[Floats, Floats]:
    """Values [C] and gradients [d, C] at the starts; a ValueError names what is not finite."""
    value, gradient = target.at(q)
    bad = np.flatnonzero(~(np.isfinite(value) & np.all(np.isfinite(gradient), axis=0)))
    if bad.size:
        i = bad[0]
        Target(_Known(value[i], gradient[:, i], model)).checked(q[:, i])
    return value, gradient


class _Known:
    """A model with a known value and gradient, for the error messages of `Target.checked`."""

    def __init__(self, value: float, gradient: Floats, model: Any):
        self._answer = float(value), gradient
        self.names = getattr(model, "names", None)

    def value_and_gradient(self, theta: Floats) -> tuple[float, Floats]:
        return self._answer
