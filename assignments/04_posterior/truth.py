"""Closed forms of the densities in the lesson's `densities.py`, and sums of magnitudes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def inverse_of(name: str, y: Array) -> tuple[Array, float]:
    """What the inverse of this name gives, ``[d]``, and the log of its Jacobian's determinant."""
    match name:
        case "itself":
            return y, 0.0
        case "log_of":
            return np.log(y), float(-np.sum(np.log(y)))
        case "angle_of":
            return np.arctan(y), float(-np.sum(np.log1p(y**2)))
        case "mirrored":
            return np.array([2 * y[0] + y[1], y[0] - y[1] + 1]), float(np.log(3.0))
        case "rotated":
            c, s = np.cos(0.6), np.sin(0.6)
            return np.array([c * y[0] - s * y[1], s * y[0] + c * y[1]]), 0.0
        case "angle_and_offset_of":
            steep = np.log1p(y[0] ** 2)
            place = np.array([np.arctan(y[0]), y[1] * np.exp(-0.5 * steep)])
            return place, float(-1.5 * steep)
        case "unfunnelled":
            place = np.concatenate([y[:1] / 3, y[1:] * np.exp(-y[0] / 2)])
            return place, float(-np.log(3.0) - 0.5 * (len(y) - 1) * y[0])
        case "from_polar":
            place = np.array([y[0] * np.cos(y[1]), y[0] * np.sin(y[1])])
            return place, float(np.log(y[0]))
        case "forty_scales":
            return y * 10.0 ** np.linspace(-10, 10, 40), 0.0
        case "thirty_small_scales":
            powers = np.linspace(-12, -11, 30)
            return y * 10.0**powers, float(np.log(10.0) * np.sum(powers))
    raise ValueError(f"there is no inverse {name}")


def log_density_of(name: str, x: Array) -> float:
    """The log of the density of this name at x."""
    match name:
        case "standard_normal":
            return float(-0.5 * np.sum(x**2) - 0.5 * len(x) * np.log(2 * np.pi))
        case "uniform_angle":
            return float(-np.log(np.pi))
        case "uniform_angle_and_offset":
            return float(-np.log(2 * np.pi))
    raise ValueError(f"there is no density {name}")


def lighthouse_scale(x: Array, alpha: float, log_beta: float) -> float:
    """The magnitudes of the lighthouse's terms, added up."""
    beta = np.exp(log_beta)
    size = (np.abs(x) + abs(alpha)) * np.abs(x - alpha) / (beta**2 + (x - alpha) ** 2)
    logs = np.abs(np.log(beta**2 + (x - alpha) ** 2))
    return float(np.sum(logs + 2 * size + abs(log_beta) + 2 * (1 + abs(log_beta))))
