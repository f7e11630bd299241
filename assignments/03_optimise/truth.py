"""What several truths share: sums of magnitudes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def value_scale(x: Array, y: Array, theta: Array) -> float:
    """The magnitudes of the log likelihood's terms, added up."""
    m, b, log_s = theta
    r = np.abs(y - m * x - b)
    size = np.abs(y) + np.abs(m * x) + abs(b)
    square = np.sum((0.5 * r**2 + r * size) * np.exp(-2 * log_s)) * (1 + 2 * abs(log_s))
    return float(square + len(x) * (abs(log_s) + 1))


def gradient_scale(x: Array, y: Array, theta: Array) -> Array:
    """The magnitudes of its derivatives with respect to m, b and log s, ``[3]``."""
    m, b, log_s = theta
    r = np.abs(y - m * x - b)
    size = np.abs(y) + np.abs(m * x) + abs(b)
    inverse = np.exp(-2 * log_s) * (1 + 2 * abs(log_s))
    each = (r + size) * inverse
    square = np.sum((r**2 + 2 * r * size) * inverse + 1)
    return np.array([np.sum(each * np.abs(x)), np.sum(each), square])
