"""Where the chains begin, and what is seen of the posterior's shape around there.

>>> target = ColumnsTarget(lambda q: -0.5 * tf.reduce_sum((q / 3.0) ** 2, axis=0), 1)
>>> beginning = Beginning(target, 64, np.random.default_rng(1))
>>> q, gradient = beginning.around(np.zeros((1, 1)), height=0.0, least=1)
>>> bool(2 < q.std() < 4)                              # as far apart as the posterior is wide
True
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.inference.columns import MULTIPLY_ADD, ColumnsTarget
from course_lib.inference.metrics import DenseMetric, DiagonalMetric, IsotropicMetric, Metric
from course_lib.inference.pooled import diagonal_scale, nudged, stretch
from course_lib.inference.target import Target

Floats = NDArray[np.float64]
METRICS = ("auto", "diagonal", "dense")
NUDGES = 8
"""Points around a start from which its curvature is felt, at least."""
POINTS = 10
"""For each parameter, to see correlations: their noise is then √(1/10)."""
HALVINGS = 10
"""A displacement is halved at most so often, then the chain begins at the start itself."""
DENSE_LIMIT = 200
"""Beyond so many parameters "auto" does not think of a dense metric; ask for it by name."""
DENSE_COST = 50.0
"""Calling two products of matrices, in the units of `ColumnsTarget.work`."""
DENSE_GAIN = 1.4
"""Where a dense metric should save less than this factor, "auto" is content with a diagonal one."""


class Beginning:
    """Looks around a start with C columns at a time."""

    def __init__(self, target: ColumnsTarget, chains: int, rng: np.random.Generator):
        self.target, self.chains, self._rng = target, chains, rng

    def around(self, start: Floats, height: float, least: int) -> tuple[Floats, Floats]:
        """Points [d, k] about as far from a start [d, 1] as the posterior is wide; gradients.

        k is a multiple of C, at least `least`; no point lies far below the start's `height`.
        """
        near = self._batches(NUDGES, lambda: self._felt(start))
        scale = diagonal_scale(*near)
        return self._batches(least, lambda: self._spread(start, scale, height))

    def _batches(self, least: int, make: Any) -> tuple[Floats, Floats]:
        parts = [make() for _ in range(-(-least // self.chains))]
        q, gradient = (np.concatenate(both, axis=1) for both in zip(*parts, strict=True))
        return q, gradient

    def _felt(self, start: Floats) -> tuple[Floats, Floats]:
        q = nudged(start[:, 0], self.chains, self._rng)
        return q, self.target.at(q)[1]

    def _spread(self, start: Floats, scale: Floats, height: float) -> tuple[Floats, Floats]:
        """Where the scale misleads, a displacement is halved until log π falls by less than d + 10.

        A normal's own draws lie d/2 ± √(d/2) below its summit.
        """
        d = len(start)
        away = scale * self._rng.standard_normal((d, self.chains))
        for factor in (*[0.5] * HALVINGS, 0.0):
            value, gradient = self.target.at(start + away)
            sound = np.isfinite(value) & np.all(np.isfinite(gradient), axis=0)
            fine = sound & (value > height - d - 10)
            if fine.all():
                break
            away = np.where(fine, away, factor * away)
        return start + away, self.target.at(start + away)[1]


def may_be(metric: Metric | str, dimension: int) -> bool:
    """Whether a dense metric is to be looked for."""
    return metric == "dense" or (metric == "auto" and 1 < dimension <= DENSE_LIMIT)


def dense_pays(q: Floats, gradient: Floats, work: float) -> bool:
    """Whether shorter trajectories outweigh two products with a matrix for each step.

    q and gradient [d, k]; `work` is the cost of one gradient.
    """
    products = DENSE_COST + 2 * MULTIPLY_ADD * len(q) ** 2
    return stretch(q, gradient) > DENSE_GAIN * (1 + products / work)


def checked(target: ColumnsTarget, q: Floats, model: Any) -> tuple[Floats, Floats]:
    """Values [C] and gradients [d, C] at the starts; ValueError names what is not finite."""
    value, gradient = target.at(q)
    bad = np.flatnonzero(~(np.isfinite(value) & np.all(np.isfinite(gradient), axis=0)))
    if bad.size:
        i = bad[0]
        Target(_Found(value[i], gradient[:, i], model)).checked(q[:, i])
    return value, gradient


class _Found:
    """A value and gradient known already, for `Target.checked` to explain."""

    def __init__(self, value: float, gradient: Floats, model: Any):
        self._answer = float(value), gradient
        self.names = getattr(model, "names", None)

    def value_and_gradient(self, theta: Floats) -> tuple[float, Floats]:
        return self._answer


def coordinates(metric: Metric | str, dimension: int) -> tuple[Floats, Floats, bool]:
    """Loc [d, 1], scale ([d, 1] or [d, d]) and whether it is dense."""
    loc = np.zeros((dimension, 1))
    if isinstance(metric, Metric):
        if metric.dimension != dimension:
            raise ValueError(
                f"the metric is for {metric.dimension} parameters, the start has {dimension}"
            )
        if isinstance(metric, DenseMetric):
            return loc, np.asarray(np.linalg.cholesky(metric.covariance)), True
        if isinstance(metric, (DiagonalMetric, IsotropicMetric)):
            scale = np.sqrt(np.broadcast_to(metric.variance, dimension))
            return loc, scale[:, None].copy(), False
    if metric not in METRICS:
        raise ValueError(
            f'metric must be a DiagonalMetric, IsotropicMetric or DenseMetric, "auto", "diagonal" '
            f'or "dense", got {metric!r}'
        )
    dense = metric == "dense"
    return loc, np.eye(dimension) if dense else np.ones((dimension, 1)), dense
