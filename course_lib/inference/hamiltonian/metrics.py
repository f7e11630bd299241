"""Metrics: the mass matrix of a Hamiltonian sampler, given by the parameters' (co)variances.

A metric is made from the covariance S of the parameters, or their variances, as estimated from a
chain. The mass matrix is the inverse of S. So momenta are drawn from N(0, S⁻¹), the velocity is
S p, and the kinetic energy ½ pᵀ S p: parameters with a large variance move fast.

    >>> metric = DiagonalMetric([4.0, 1.0])
    >>> metric.velocity(np.array([0.5, 0.5]))
    array([2. , 0.5])
    >>> metric.kinetic(np.array([0.5, 0.5]))
    0.625

Source: Neal (2011), MCMC using Hamiltonian dynamics, sections 2.1 and 4.1; Betancourt (2017),
section 4.2.1 (the S of this module is the "inverse metric" of Stan).
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import solve_triangular

Vector = NDArray[np.float64]


class Metric(ABC):
    """The interface of a metric for d parameters."""

    dimension: int

    @abstractmethod
    def sample(self, rng: np.random.Generator) -> Vector:
        """Draw a momentum [d] from N(0, S⁻¹)."""

    @abstractmethod
    def velocity(self, momentum: Vector) -> Vector:
        """dq/dt = S p, in units of the parameters per unit of time: [d]."""

    def kinetic(self, momentum: Vector) -> float:
        """½ pᵀ S p, in units of log probability."""
        return 0.5 * float(momentum @ self.velocity(momentum))


class IsotropicMetric(Metric):
    """The same variance for each of the d parameters.

    Raises ValueError unless `dimension` ≥ 1 and `variance` is finite and positive.
    """

    def __init__(self, dimension: int, variance: float = 1.0):
        if isinstance(dimension, bool) or int(dimension) != dimension or dimension < 1:
            raise ValueError(f"a metric needs a dimension of 1 or more, got {dimension!r}")
        if not (np.isfinite(variance) and variance > 0):
            raise ValueError(f"the variance must be finite and positive, got {variance!r}")
        self.dimension = int(dimension)
        self.variance = float(variance)

    def sample(self, rng: np.random.Generator) -> Vector:
        """Draw a momentum [d] from N(0, 1/variance)."""
        return rng.standard_normal(self.dimension) / np.sqrt(self.variance)

    def velocity(self, momentum: Vector) -> Vector:
        """Variance times momentum, [d]."""
        return self.variance * momentum

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.dimension}, variance={self.variance:g})"


class IdentityMetric(IsotropicMetric):
    """Variance 1 for each of the d parameters."""

    def __init__(self, dimension: int):
        super().__init__(dimension)

    def __repr__(self) -> str:
        return f"IdentityMetric({self.dimension})"


class DiagonalMetric(Metric):
    """A variance [d] for each parameter, as from `np.var(flatchain, axis=0)`.

    Raises ValueError, naming the parameter's index, unless all are finite and positive.
    """

    def __init__(self, variance: ArrayLike):
        self.variance = np.array(variance, np.float64)
        if self.variance.ndim != 1 or not self.variance.size:
            raise ValueError(
                f"DiagonalMetric needs one variance per parameter, an array [d]; "
                f"got shape {self.variance.shape}. From a chain [n, d]: np.var(chain, axis=0)"
            )
        bad = np.flatnonzero(~(np.isfinite(self.variance) & (self.variance > 0)))
        if bad.size:
            raise ValueError(
                f"the variance of parameter {bad[0]} is {self.variance[bad[0]]:g}: it must be "
                f"finite and positive. Did the chain that it came from move?"
            )
        self.dimension = self.variance.size
        self._scale = 1 / np.sqrt(self.variance)

    def sample(self, rng: np.random.Generator) -> Vector:
        """Draw a momentum [d], each component from N(0, 1/its variance)."""
        z: Vector = rng.standard_normal(self.dimension)
        return self._scale * z

    def velocity(self, momentum: Vector) -> Vector:
        """Variance times momentum, [d]."""
        return self.variance * momentum

    def __repr__(self) -> str:
        return f"DiagonalMetric({np.array2string(self.variance, precision=3, threshold=8)})"


class DenseMetric(Metric):
    """A covariance [d, d], as from `np.cov(flatchain, rowvar=False)`.

    Raises ValueError unless it is square, finite, symmetric and positive definite.
    """

    def __init__(self, covariance: ArrayLike):
        self.covariance = np.array(covariance, np.float64)
        shape = self.covariance.shape
        if len(shape) != 2 or shape[0] != shape[1] or not shape[0]:
            raise ValueError(
                f"DenseMetric needs a covariance [d, d], got shape {shape}. "
                f"From a chain [n, d]: np.cov(chain, rowvar=False)"
            )
        if not np.all(np.isfinite(self.covariance)):
            raise ValueError("the covariance has an entry that is not finite")
        # np.cov is symmetric up to rounding, because both triangles come from one product; 1e-12 of
        # the largest entry is enough also for a covariance that was rotated or rescaled.
        if np.ptp(self.covariance - self.covariance.T) > 1e-12 * np.abs(self.covariance).max():
            raise ValueError("the covariance is not symmetric")
        try:
            self._lower = np.linalg.cholesky(self.covariance)
        except np.linalg.LinAlgError:
            raise ValueError(
                "the covariance is not positive definite: use more draws than parameters, "
                "or DiagonalMetric"
            ) from None
        self.dimension = shape[0]

    def sample(self, rng: np.random.Generator) -> Vector:
        """Draw a momentum [d] from N(0, S⁻¹): if S = L Lᵀ, p = L⁻ᵀ z has covariance S⁻¹."""
        z = rng.standard_normal(self.dimension)
        return np.asarray(solve_triangular(self._lower, z, lower=True, trans="T"))

    def velocity(self, momentum: Vector) -> Vector:
        """Covariance times momentum, [d]."""
        return self.covariance @ momentum

    def __repr__(self) -> str:
        return f"DenseMetric(<{self.dimension} × {self.dimension}>)"
