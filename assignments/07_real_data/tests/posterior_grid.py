"""The lesson's posterior by brute force: a sum over a grid in all five parameters.

    found = on_the_hill((41, 49, 28, 27, 23))
    found.mean["m"], found.sd["m"], found.outliers          # 2.2439, 0.1217, [20]

The hill is where the line passes near the good points: slopes from 1.24 to 3.24, heights at x = 170
from 335 to 495. What is outside is `beyond_the_hill`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

PIVOT = 170.0  # there the height of the line does not depend on its slope
SLOPES, HEIGHTS = (1.24, 3.24), (335.0, 495.0)
LOGITS, Y_BAD, LOG_S_BAD = (-9.0, 11.0), (-100.0, 1000.0), (1.4, 8.2)
SCALE = 30.0  # keeps products of twenty densities within float64


@dataclass(frozen=True)
class Moments:
    """Means and standard deviations by parameter, and each point's probability to be bad."""

    mean: dict[str, float]
    sd: dict[str, float]
    outliers: Array
    total: float


def lines(slopes: Array, heights: Array) -> tuple[Array, Array]:
    """All pairs (m, b) of slopes and heights at PIVOT, each ``[k]``."""
    m, height = (part.ravel() for part in np.meshgrid(slopes, heights, indexing="ij"))
    return m, height - PIVOT * m


def good_densities(m: Array, b: Array, x: Array, y: Array, sigma: Array) -> Array:
    """The density of each point about each line, ``[k, n]``, in units of SCALE √2π."""
    return SCALE * np.exp(-0.5 * ((y - m[:, None] * x - b[:, None]) / sigma) ** 2) / sigma


def bad_densities(y_b: float, log_s_b: float, y: Array, sigma: Array) -> Array:
    """The density of each point about y_b, ``[n]``."""
    variance = sigma**2 + np.exp(2 * log_s_b)
    return SCALE * np.exp(-0.5 * (y - y_b) ** 2 / variance) / np.sqrt(variance)


def prior_of_bad(y_b: float, log_s_b: float) -> float:
    """The prior of y_b and log s_b, up to a constant."""
    off = ((y_b - 400) / 300) ** 2 + (log_s_b - np.log(150)) ** 2
    return float(np.exp(-0.5 * off))


def over_the_grid(m: Array, b: Array, sizes: tuple[int, int, int], data: tuple[Array, ...]):
    """Sums over logit p, y_b and log s_b: see `on_the_hill`. Weights of each line and share."""
    x, y, sigma = data
    logits, y_bs, logs = (
        np.linspace(*ends, size)
        for ends, size in zip((LOGITS, Y_BAD, LOG_S_BAD), sizes, strict=True)
    )
    cell = np.prod([axis[1] - axis[0] for axis in (logits, y_bs, logs)])
    p = 1 / (1 + np.exp(-logits))
    good = [np.multiply.outer(f, 1 - p) for f in good_densities(m, b, x, y, sigma).T]
    prior = np.multiply.outer(np.exp(-0.5 * (b / 500) ** 2) / (1 + m**2), p * (1 - p)) * cell
    weight, by_bad = np.zeros(prior.shape), np.zeros((len(y_bs), len(logs)))
    outliers = np.zeros(len(x))
    for i, y_b in enumerate(y_bs):
        for j, log_s_b in enumerate(logs):
            bad = [p * f for f in bad_densities(y_b, log_s_b, y, sigma)]
            both = [one + other for one, other in zip(good, bad, strict=True)]
            here = prior * prior_of_bad(y_b, log_s_b)
            for each in both:
                here = here * each
            weight += here
            by_bad[i, j] = np.sum(here)
            outliers += [
                np.sum(here * f / np.maximum(each, 1e-300))
                for f, each in zip(bad, both, strict=True)
            ]
    return weight, by_bad, outliers, (p, logits, y_bs, logs)


def on_the_hill(sizes: tuple[int, int, int, int, int], data: tuple[Array, ...]) -> Moments:
    """Moments over the hill, with this many places along slope, height, logit p, y_b, log s_b."""
    slopes, heights = np.linspace(*SLOPES, sizes[0]), np.linspace(*HEIGHTS, sizes[1])
    m, b = lines(slopes, heights)
    weight, by_bad, outliers, (p, logits, y_bs, logs) = over_the_grid(m, b, sizes[2:], data)
    of_line, of_share = np.sum(weight, axis=1), np.sum(weight, axis=0)
    total = float(np.sum(weight))
    parts = {
        "m": (m, of_line),
        "b": (b, of_line),
        "p": (p, of_share),
        "logit_p": (logits, of_share),
        "y_b": (y_bs, np.sum(by_bad, axis=1)),
        "log_s_b": (logs, np.sum(by_bad, axis=0)),
    }
    mean = {name: float(np.sum(v * w) / total) for name, (v, w) in parts.items()}
    sd = {
        name: float(np.sqrt(np.sum((v - mean[name]) ** 2 * w) / total))
        for name, (v, w) in parts.items()
    }
    area = total * (slopes[1] - slopes[0]) * (heights[1] - heights[0])
    return Moments(mean, sd, outliers / total, area)


def beyond_the_hill(steps: tuple[int, int], sizes: tuple[int, int, int], data) -> float:
    """The same total over all lines that are not on the hill, with |slope| up to 12."""
    slopes, heights = np.linspace(-12, 12, steps[0]), np.linspace(-400, 1300, steps[1])
    m, b = lines(slopes, heights)
    height = b + PIVOT * m
    on = (m > SLOPES[0]) & (m < SLOPES[1]) & (height > HEIGHTS[0]) & (height < HEIGHTS[1])
    keep = ~on & (np.abs(b) < 2000)
    weight = over_the_grid(m[keep], b[keep], sizes, data)[0]
    return float(np.sum(weight)) * (slopes[1] - slopes[0]) * (heights[1] - heights[0])
