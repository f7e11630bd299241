"""The metric of one chain: kept as given, or estimated from the draws of each window.

    >>> learner = MetricLearner("diagonal", dimension=2)
    >>> for draw in np.random.default_rng(1).normal(0.0, [3.0, 0.1], (1000, 2)):
    ...     learner.add(draw)
    >>> learner.renew()
    True
    >>> np.round(np.sqrt(learner.current.variance), 1)
    array([3. , 0.1])

A dense metric keeps the variances, and multiplies the correlations by n/(n + 5). Stan shrinks all
variances towards 0.001, which depends on the parameters' units; this does not.

Source: Stan reference manual, "Automatic parameter tuning".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from course_lib.inference.hamiltonian.metrics import (
    DenseMetric,
    DiagonalMetric,
    IdentityMetric,
    Metric,
)

Vector = NDArray[np.float64]
SHRINKAGE = 5.0
"""Correlations of n draws are multiplied by n/(n + 5), as in Stan."""


class MetricLearner:
    """`current` is the metric; `add` collects draws, `renew` makes a new metric from them.

    Parameters
    ----------
    metric : Metric, "diagonal" or "dense"
        A Metric is kept. A name says which kind to learn; the first metric is the identity.
    dimension : int
        d.

    Raises ValueError for another name, or if the metric is not for d parameters.
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
        """Add a draw [d] to the current window."""
        if self.shape:
            self._window.append(position)

    def renew(self) -> bool:
        """End the window. True if there is a new metric, not if draws are too few or equal."""
        window, self._window = np.array(self._window), []
        if len(window) < 3 or np.any(np.var(window, axis=0) == 0):
            return False
        variance = np.var(window, axis=0, ddof=1)
        if self.shape == "dense":
            n = len(window)
            covariance = np.atleast_2d(np.cov(window, rowvar=False)) * n / (n + SHRINKAGE)
            np.fill_diagonal(covariance, variance)
            self.current = DenseMetric(covariance)
        else:
            self.current = DiagonalMetric(variance)
        return True
