"""What several truths share: sums of magnitudes, which say what rounding may do."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def point_scales(x: Array, y: Array, theta: Array) -> Array:
    """The magnitudes of one point's derivatives with respect to m, b and log s, ``[n, 3]``.

    The exponential of log s has an error of |log s| eps, which its square takes twice.
    """
    m, b, log_s = theta
    r = np.abs(y - m * x - b)
    size = np.abs(y) + np.abs(m * x) + abs(b)
    inverse = np.exp(-2 * log_s) * (1 + 2 * abs(log_s))
    each = (r + size) * inverse
    return np.stack([each * np.abs(x), each, (r**2 + 2 * r * size) * inverse + 1], axis=-1)


def row_scales(x: Array, y: Array, theta: Array) -> Array:
    """The magnitudes of each row's gradient, ``[k, 3]``."""
    return np.array([np.sum(point_scales(x, y, row), axis=0) for row in theta])


def push_scales(x: Array, y: Array, theta: Array, v: Array) -> Array:
    """The magnitudes of the Hessian times v, ``[3]``."""
    m, b, log_s = theta
    r = np.abs(y - m * x - b) + 0.1 * (np.abs(y) + np.abs(m * x) + abs(b))
    inverse = np.exp(-2 * log_s) * (1 + 2 * abs(log_s))
    rows = np.array(
        [
            [np.sum(x**2), np.sum(np.abs(x)), 2 * np.sum(r * np.abs(x))],
            [np.sum(np.abs(x)), len(x), 2 * np.sum(r)],
            [2 * np.sum(r * np.abs(x)), 2 * np.sum(r), 2 * np.sum(r**2)],
        ]
    )
    return inverse * rows @ np.abs(v)
