r"""The log likelihood of a straight line with Gaussian noise of unknown scale, term by term.

.. math::
    \log p(y \mid m, b, s) = -\frac12 \sum_{n=1}^{N}
        \left[ \frac{(y_n - m x_n - b)^2}{s^2} + \log(2 \pi s^2) \right]

Source: Hogg, Bovy & Lang 2010 (arXiv:1008.4686), section 2, with one common scale s.

>>> import numpy as np
>>> from .line import log_like
>>> float(log_like(np.zeros(1), np.zeros(1), m=0.0, b=0.0, s=1.0))  # -log(2 pi) / 2
-0.9189385332046727
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

LOG_2PI = float(np.log(2.0 * np.pi))


def as_column(parameter: ArrayLike, name: str) -> Array:
    """A parameter as float64 ``[..., 1]``, so that it broadcasts against data ``[n]``."""
    values = np.asarray(parameter, dtype=np.float64)
    if not np.all(np.isfinite(values)):
        raise ValueError(f"{name} must be finite, got {parameter!r}")
    return values[..., np.newaxis]


def as_scale(s: ArrayLike) -> Array:
    """The noise scale as float64 ``[..., 1]``, checked to be positive."""
    values = as_column(s, "s")
    if not np.all(values > 0.0):
        raise ValueError(f"s must be positive, got {s!r}; hand in s itself, not log s")
    return values


def as_data(x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """The data as two float64 arrays ``[n]``, checked to be one-dimensional and equally long."""
    x_array, y_array = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if x_array.ndim != 1 or x_array.shape != y_array.shape:
        raise ValueError(
            f"x and y must be one-dimensional and equally long, "
            f"got shapes {x_array.shape} and {y_array.shape}"
        )
    return x_array, y_array


def residuals(x: ArrayLike, y: ArrayLike, m: ArrayLike, b: ArrayLike) -> Array:
    """y - m x - b, in the unit of y: ``[..., n]``, where ``...`` are the axes of m and b."""
    x_array, y_array = as_data(x, y)
    return y_array - (as_column(m, "m") * x_array + as_column(b, "b"))


def magnitudes(x: ArrayLike, y: ArrayLike, m: ArrayLike, b: ArrayLike) -> Array:
    """|y| + |m x| + |b|: what a residual is a difference of, ``[..., n]``, in the unit of y.

    A residual is rounded in proportion to this, not to itself.
    """
    x_array, y_array = as_data(x, y)
    return np.abs(y_array) + np.abs(as_column(m, "m") * x_array) + np.abs(as_column(b, "b"))


def squares_scale(x: ArrayLike, y: ArrayLike, m: ArrayLike, b: ArrayLike, scale: Array) -> Array:
    r"""The magnitudes behind the squares of (y - m x - b) / s, ``[..., n]``; s as a column.

    .. math:: q = r^2 + 2 |r| a + 10 \epsilon a^2, \qquad a = |y| + |m x| + |b|

    The residual r is rounded in proportion to a, and its square changes by twice r times that, and
    by that squared. The last is all there is for a point on the line; the unit of ``eps`` that
    `rounding` counts is in it once more, for ten operations.
    """
    z, a = np.abs(residuals(x, y, m, b)) / scale, magnitudes(x, y, m, b) / scale
    return np.asarray(z * (z + 2.0 * a) + 10.0 * np.finfo(np.float64).eps * a * a)


def log_like_terms(x: ArrayLike, y: ArrayLike, m: ArrayLike, b: ArrayLike, s: ArrayLike) -> Array:
    """The log density of each point, ``[..., n]``; their sum is `log_like`.

    Parameters
    ----------
    x, y : ``[n]``, any units.
    m, b, s : ``[...]`` (scalars, or arrays that broadcast together): slope (unit of y per unit
        of x), intercept and noise scale (unit of y).

    Raises
    ------
    ValueError : when x and y differ in length, s is not positive, or a parameter is not finite.

    >>> log_like_terms([0.0, 1.0], [0.0, 1.0], 1.0, 0.0, 1.0).tolist()
    [-0.9189385332046727, -0.9189385332046727]
    """
    scale = as_scale(s)
    return -0.5 * ((residuals(x, y, m, b) / scale) ** 2 + LOG_2PI + 2.0 * np.log(scale))


def log_like(x: ArrayLike, y: ArrayLike, m: ArrayLike, b: ArrayLike, s: ArrayLike) -> Array:
    """The log likelihood, in nats: ``[...]``; parameters and errors as in `log_like_terms`.

    >>> log_like([0.0, 1.0], [0.0, 1.0], m=[1.0, 1.0], b=0.0, s=[1.0, 2.0]).round(6).tolist()
    [-1.837877, -3.224171]
    """
    return np.asarray(np.sum(log_like_terms(x, y, m, b, s), axis=-1))


def log_like_scale(x: ArrayLike, y: ArrayLike, m: ArrayLike, b: ArrayLike, s: ArrayLike) -> Array:
    r"""The sum of the magnitudes of everything that is added up in `log_like`, in nats: ``[...]``.

    .. math::
        \frac12 \sum_n \left[ \frac{q_n}{s^2} + \log 2\pi + 2\,|\log s| \right]

    with :math:`q_n` as in `squares_scale`. An evaluation in float64 that forms each residual before
    it squares is off by a small number of units of ``eps`` times this sum (Higham 2002, *Accuracy
    and Stability of Numerical Algorithms*, section 4.2). One that multiplies the square out loses
    digits where the data are far from zero, and is off by more.

    >>> float(log_like_scale([0.0], [3.0], 0.0, 0.0, 1.0)) > 4.5
    True
    """
    scale = as_scale(s)
    return np.asarray(
        0.5
        * np.sum(squares_scale(x, y, m, b, scale) + LOG_2PI + 2.0 * np.abs(np.log(scale)), axis=-1)
    )
