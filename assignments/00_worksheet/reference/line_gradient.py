r"""The gradient of the line's log likelihood, written out by hand.

With the residual r = y - m x - b:

.. math::
    \frac{\partial}{\partial m} = \sum_n \frac{r_n x_n}{s^2}, \qquad
    \frac{\partial}{\partial b} = \sum_n \frac{r_n}{s^2}, \qquad
    \frac{\partial}{\partial s} = \sum_n \left[\frac{r_n^2}{s^3} - \frac1s\right], \qquad
    \frac{\partial}{\partial \log s} = s\,\frac{\partial}{\partial s}

The last is the chain rule, ds / d log s = s. Source: the derivative of `line.log_like`.

>>> from .line_gradient import grad_log_like
>>> grad_log_like([1.0], [3.0], m=0.0, b=0.0, s=1.0).tolist()
[3.0, 3.0, 8.0]
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from .line import Array, as_data, as_scale, magnitudes, residuals, squares_scale


def grad_log_like(x: ArrayLike, y: ArrayLike, m: ArrayLike, b: ArrayLike, s: ArrayLike) -> Array:
    """d log_like / d(m, b, s): ``[..., 3]``, in nats per unit of each parameter.

    Parameters and errors as in `line.log_like_terms`.

    >>> grad_log_like([0.0], [0.0], m=0.0, b=0.0, s=2.0).tolist()  # narrower would fit better
    [0.0, 0.0, -0.5]
    """
    scale = as_scale(s)
    gradient = _by_log_s(x, y, m, b, scale)
    gradient[..., 2] /= scale[..., 0]
    return gradient


def grad_log_like_log_s(
    x: ArrayLike, y: ArrayLike, m: ArrayLike, b: ArrayLike, log_s: ArrayLike
) -> Array:
    """d log_like / d(m, b, log s): ``[..., 3]``, in nats per unit of each parameter.

    Parameters and errors as in `line.log_like_terms`, with the natural log of s.

    >>> grad_log_like_log_s([0.0], [0.0], m=0.0, b=0.0, log_s=0.7).tolist()  # -n, at any s
    [0.0, 0.0, -1.0]
    """
    return _by_log_s(x, y, m, b, as_scale(np.exp(log_s)))


def grad_log_like_scale(
    x: ArrayLike, y: ArrayLike, m: ArrayLike, b: ArrayLike, s: ArrayLike
) -> Array:
    """The sum of magnitudes behind each component of `grad_log_like`: ``[..., 3]``.

    The same sums with |y| + |m x| + |b| for the residual, `line.squares_scale` for its square, and
    plus for minus.

    >>> grad_log_like_scale([1.0], [-3.0], m=0.0, b=0.0, s=1.0).tolist()
    [3.0, 3.0, 28.00000000000002]
    """
    scale = as_scale(s)
    sums = _by_log_s_scale(x, y, m, b, scale)
    sums[..., 2] /= scale[..., 0]
    return sums


def grad_log_like_log_s_scale(
    x: ArrayLike, y: ArrayLike, m: ArrayLike, b: ArrayLike, log_s: ArrayLike
) -> Array:
    """The sum of magnitudes behind each component of `grad_log_like_log_s`: ``[..., 3]``.

    >>> grad_log_like_log_s_scale([-1.0], [3.0], m=0.0, b=0.0, log_s=0.0).tolist()
    [3.0, 3.0, 28.00000000000002]
    """
    return _by_log_s_scale(x, y, m, b, as_scale(np.exp(log_s)))


def _by_log_s(x: ArrayLike, y: ArrayLike, m: ArrayLike, b: ArrayLike, scale: Array) -> Array:
    """The gradient by (m, b, log s), given s itself as a column."""
    z = residuals(x, y, m, b) / scale
    return _stack(as_data(x, y)[0], z, scale, z * z - 1.0)


def _by_log_s_scale(x: ArrayLike, y: ArrayLike, m: ArrayLike, b: ArrayLike, scale: Array) -> Array:
    """The magnitudes behind `_by_log_s`."""
    z = magnitudes(x, y, m, b) / scale
    squares = squares_scale(x, y, m, b, scale)
    return _stack(np.abs(as_data(x, y)[0]), z, scale, squares + 1.0)


def _stack(x: Array, z: Array, scale: Array, by_log_s: Array) -> Array:
    """Sum over the points and put the three components side by side."""
    columns = np.broadcast_arrays(z * x / scale, z / scale, by_log_s)
    return np.stack([np.sum(column, axis=-1) for column in columns], axis=-1)
