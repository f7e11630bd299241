"""Minimum and maximum of a TFModel, with SciPy's optimisers and TensorFlow's gradient.

    >>> model = TFModel(lambda m, b: (m - 1.0) ** 2 + (b + 2.0) ** 2, [0.0, 0.0])
    >>> np.round(minimize(model).x, 6)
    array([ 1., -2.])
    >>> best = maximize(TFModel(log_prob, [m, b, log_s]))       # the most probable parameters
    >>> np.round(best.x, 2), round(best.fun, 2)                 # [d], log_prob there
    (array([-0.44,  0.04, -2.22]), 39.55)

Source: Byrd, Lu, Nocedal & Zhu (1995), SIAM J. Sci. Comput. 16, as in `scipy.optimize`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize

from course_lib.inference.model.target import Target

Vector = NDArray[np.float64]


def minimize(
    model: Any, start: ArrayLike | None = None, method: str = "L-BFGS-B", **options: Any
) -> optimize.OptimizeResult:
    """The parameters at which the model's value is smallest.

    Parameters
    ----------
    model : TFModel or callable
        Anything with `value_and_gradient(theta[d]) -> (float, [d])`, or such a function. For a log
        probability use `maximize`.
    start : array [d], optional
        Default: the model's current vector. The model's Variables are not changed.
    method, **options
        As in `scipy.optimize.minimize` (bounds, tol, callback, options, …).

    Returns
    -------
    scipy.optimize.OptimizeResult
        x [d], fun, jac [d], success, message, nit, nfev.

    Raises
    ------
    ValueError
        Value or gradient is not finite at the start; the message names the parameter.
    """
    return _optimise(model, start, method, 1.0, options)


def maximize(
    model: Any, start: ArrayLike | None = None, method: str = "L-BFGS-B", **options: Any
) -> optimize.OptimizeResult:
    """The parameters at which the model's value is largest.

    Arguments and result as for `minimize`; `fun` and `jac` are the model's, not their negatives.
    """
    found = _optimise(model, start, method, -1.0, options)
    found.fun, found.jac = -found.fun, -found.jac
    return found


def _optimise(
    model: Any, start: ArrayLike | None, method: str, sign: float, options: dict[str, Any]
) -> optimize.OptimizeResult:
    target = Target(model)
    point = target.starts(start, chains=1)[0]
    target.checked(point)

    def objective(theta: Vector) -> tuple[float, Vector]:
        value, gradient = target(theta)
        return sign * value, sign * gradient

    return optimize.minimize(objective, point, jac=True, method=method, **options)
