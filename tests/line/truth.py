"""A Gaussian log likelihood of a line, and how far rounding may move it."""

from __future__ import annotations

import numpy as np

from .inputs import Array

LOG_2PI = np.log(2 * np.pi)


def value(x: Array, y: Array, m: float, b: float, s: float) -> float:
    """The log likelihood: ``[]``."""
    z = (y - m * x - b) / s
    return float(-0.5 * np.sum(z**2 + LOG_2PI + 2 * np.log(s)))


def gradient(x: Array, y: Array, m: float, b: float, s: float) -> Array:
    """Its derivatives with respect to m, b and s: ``[3]``."""
    r = y - m * x - b
    return np.array([np.sum(r * x) / s**2, np.sum(r) / s**2, np.sum(r**2 / s**3 - 1 / s)])


def size(x: Array, y: Array, m: float, b: float, s: float) -> float:
    """The sum of the magnitudes of the value's terms."""
    r = np.abs(y) + np.abs(m * x) + np.abs(b)
    return float(np.sum((r / s) ** 2 + LOG_2PI + 2 * np.abs(np.log(s))))


def gradient_size(x: Array, y: Array, m: float, b: float, s: float) -> Array:
    """The sums of the magnitudes of the gradient's terms: ``[3]``."""
    r = np.abs(y) + np.abs(m * x) + np.abs(b)
    z = r / s
    return np.array([np.sum(z * np.abs(x)), np.sum(z), np.sum(z**2 + 1)]) / s
