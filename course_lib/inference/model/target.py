"""What a sampler of one chain calls: log probability and gradient at one point, with a counter.

A model is any object with `value_and_gradient(theta[d]) -> (float, [d])`, or such a function:

    >>> target = Target(lambda q: (-0.5 * float(q @ q), -q))
    >>> target(np.array([2.0]))
    (-2.0, array([-2.]))
    >>> target.evaluations
    1
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector = NDArray[np.float64]
ValueAndGradient = Callable[[Vector], tuple[float, Vector]]


class Target:
    """A model's `value_and_gradient`; `evaluations` counts its calls.

    Raises TypeError if the model is neither callable nor has a `value_and_gradient`.
    """

    def __init__(self, model: Any):
        function = getattr(model, "value_and_gradient", model)
        if not callable(function):
            raise TypeError(
                f"expected a TFModel or a function theta -> (log_prob, gradient), "
                f"got {type(model).__name__}"
            )
        self._function: ValueAndGradient = function
        self._model = model
        self.evaluations = 0

    def __call__(self, theta: Vector) -> tuple[float, Vector]:
        """Log probability and gradient [d] at theta [d]."""
        self.evaluations += 1
        return self._function(theta)

    def at(self, q: Vector) -> tuple[Vector, Vector]:
        """Log probabilities [k] and gradients [d, k] at the columns of q [d, k], one by one."""
        answers = [self._function(column) for column in q.T]
        value = np.array([float(answer[0]) for answer in answers])
        return value, np.array([answer[1] for answer in answers], np.float64).T

    def names(self, dimension: int) -> list[str]:
        """The model's labels for its d numbers; q[0], q[1], … if it has none."""
        names = getattr(self._model, "names", None)
        return list(names) if names else [f"q[{i}]" for i in range(dimension)]

    def starts(self, start: ArrayLike | None, chains: int) -> Vector:
        """Starting points [chains, d].

        `start` is [d] for all chains, or [chains, d]; None is the model's current vector. Raises
        ValueError for other shapes, or if there is no current vector.
        """
        if start is None:
            if not hasattr(self._model, "current_vector"):
                raise ValueError("give a start: this model has no current_vector() to begin from")
            start = self._model.current_vector()
        points = np.array(start, np.float64)
        if points.ndim == 1:
            points = np.tile(points, (chains, 1))
        if points.ndim != 2 or len(points) != chains or not points.shape[1]:
            raise ValueError(
                f"start must be one point [d] or one for each of {chains} chains [{chains}, d], "
                f"got shape {np.shape(start)}"
            )
        return points

    def checked(self, theta: Vector) -> tuple[float, Vector]:
        """Value and gradient at a starting point [d].

        Raises ValueError, naming the parameter, unless both are finite and have the right shape.
        """
        answer = self(theta)
        if not isinstance(answer, tuple) or len(answer) != 2 or np.ndim(answer[0]) != 0:
            raise ValueError("the model must return (log_prob, gradient): a number and an array")
        log_prob, gradient = float(answer[0]), np.asarray(answer[1], np.float64)
        if gradient.shape != theta.shape:
            raise ValueError(
                f"the gradient must have the shape of the point, {theta.shape}, "
                f"got {gradient.shape}"
            )
        names = self.names(len(theta))
        here = ", ".join(f"{name} = {value:g}" for name, value in zip(names, theta, strict=True))
        if not np.isfinite(log_prob):
            raise ValueError(f"log_prob is {log_prob} at the start ({here}): start elsewhere")
        bad = [name for name, g in zip(names, gradient, strict=True) if not np.isfinite(g)]
        if bad:
            raise ValueError(
                f"the gradient for {', '.join(bad)} is not finite at the start ({here}): start "
                f"elsewhere, or look for sqrt(0), log(0) or 0/0 in log_prob"
            )
        return log_prob, gradient
