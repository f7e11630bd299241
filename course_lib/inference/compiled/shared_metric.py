"""The metric that all chains share: given by the user, or learnt; diagonal or dense.

    >>> metric = SharedMetric("diagonal", dimension=2)
    >>> q = np.random.default_rng(1).normal(0.0, [[3.0], [0.1]], (2, 1000))     # [d, points]
    >>> metric.estimate(q, -q / [[9.0], [0.01]])
    >>> metric.to_metric()
    DiagonalMetric([9.   0.01])

It is kept as the change of variables of `whitened_target`: q = loc + scale·x, or q = loc + L x.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from course_lib.inference.adaptation.mass_matrix import dense_scale, diagonal_scale, width_ratio
from course_lib.inference.hamiltonian.metrics import (
    DenseMetric,
    DiagonalMetric,
    IsotropicMetric,
    Metric,
)
from course_lib.inference.model.batched_target import MULTIPLY_ADD

Floats = NDArray[np.float64]
METRICS = ("auto", "diagonal", "dense")
DENSE_LIMIT = 200
"""With more parameters "auto" is diagonal without a look at the correlations."""
DENSE_COST = 50.0
"""Cost of starting two matrix products, in the units of `BatchedTarget.work`."""
DENSE_GAIN = 1.4
"""With "auto", the metric is diagonal unless a dense metric saves at least this factor."""


class SharedMetric:
    """The metric of all chains.

    Parameters
    ----------
    metric : Metric, "auto", "diagonal" or "dense"
        A Metric is not changed; a name says what to learn.
    dimension : int
        d.

    Attributes
    ----------
    loc, scale : array
        [d, 1], and [d, 1] or a lower triangular [d, d].
    dense : bool
    adapts : bool
        Whether the warm-up is to learn it.

    Raises ValueError for another name, or if the metric is not for d parameters.
    """

    def __init__(self, metric: Metric | str, dimension: int):
        self.loc, self.scale, self.dense = _coordinates(metric, dimension)
        self.adapts = isinstance(metric, str)
        self._auto = metric == "auto"
        self._dimension = dimension

    @property
    def may_be_dense(self) -> bool:
        """Whether it is dense, or "auto" may make it dense."""
        return self.dense or (self._auto and 1 < self._dimension <= DENSE_LIMIT)

    def choose_kind(self, q: Floats, gradient: Floats, work: float) -> None:
        """For "auto": dense or diagonal, from points and gradients [d, k].

        Dense if shorter trajectories outweigh two matrix products in each step, where a gradient
        costs `work` (in the units of `BatchedTarget.work`).
        """
        if self._auto and self.may_be_dense:
            products = DENSE_COST + 2 * MULTIPLY_ADD * len(q) ** 2
            self.dense = width_ratio(q, gradient) > DENSE_GAIN * (1 + products / work)

    def estimate(self, q: Floats, gradient: Floats) -> None:
        """Set the scale, from points q [d, k] and the gradients there [d, k]."""
        self.scale = (dense_scale if self.dense else diagonal_scale)(q, gradient)

    def unwhitened_gradient(self, gradient: Floats) -> Floats:
        """The gradient with respect to q, from that with respect to x; both [d, k]."""
        if self.dense:
            return np.asarray(np.linalg.solve(self.scale.T, gradient), np.float64)
        return gradient / self.scale

    def to_metric(self) -> Metric:
        """The metric for a `Result`."""
        if self.dense:
            return DenseMetric(self.scale @ self.scale.T)
        return DiagonalMetric(self.scale[:, 0] ** 2)


def _coordinates(metric: Metric | str, dimension: int) -> tuple[Floats, Floats, bool]:
    """The first loc [d, 1], scale ([d, 1] or [d, d]), and whether it is dense."""
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
