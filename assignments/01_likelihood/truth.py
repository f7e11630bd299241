"""What several truths share: sums of magnitudes, which say what rounding may do."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def term_scales(x: Array, y: Array, m: float, b: float, s: float) -> Array:
    """The magnitudes that each point's term is made of, ``[n]``.

    A residual is a difference of y, m x and b, each with its own rounding; its square carries twice
    that, in units of s². The logarithm is a term of its own.
    """
    r = np.abs(y - (m * x + b))
    size = np.abs(y) + np.abs(m * x) + np.abs(b)
    return (0.5 * r**2 + r * size) / s**2 + 0.5 * np.abs(np.log(2 * np.pi)) + np.abs(np.log(s))


def row_scales(x: Array, y: Array, theta: Array) -> Array:
    """The same for each row (m, b, log s), summed over the points, ``[k]``.

    The exponential of log s has an error of |log s| eps, which the square takes twice.
    """
    rows = []
    for m, b, log_s in theta:
        s = np.exp(log_s)
        r = y - (m * x + b)
        rows.append(np.sum(term_scales(x, y, m, b, s)) + abs(log_s) * np.sum((r / s) ** 2))
    return np.array(rows)


def gradient_scales(x: Array, y: Array, theta: Array) -> Array:
    """The magnitudes of the derivatives with respect to m, b and log s of each row, ``[k, 3]``."""
    rows = []
    for m, b, log_s in theta:
        s = np.exp(log_s)
        r = np.abs(y - (m * x + b))
        size = np.abs(y) + np.abs(m * x) + np.abs(b)
        each = (r + size) / s**2 * (1 + abs(log_s))
        square = (r**2 + 2 * r * size) / s**2 * (1 + abs(log_s))
        rows.append([np.sum(each * np.abs(x)), np.sum(each), np.sum(square + 1)])
    return np.array(rows)


def summary_scale(summary: Array, m: float, b: float, s: float) -> float:
    """The sum of magnitudes of the log likelihood that is worked out from six numbers."""
    n, mean_x, mean_y, sxx, sxy, syy = summary
    middle = abs(mean_y - m * mean_x - b)
    size = abs(mean_y) + abs(m * mean_x) + abs(b)
    squares = syy + 2 * abs(m * sxy) + m**2 * sxx + n * (middle**2 + 2 * middle * size)
    return float(0.5 * squares / s**2 + n * (abs(np.log(s)) + 0.5 * np.log(2 * np.pi)))
