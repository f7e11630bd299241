"""The inputs by which known mistakes are told apart: fixed, wide, and no claim's.

>>> arguments = of(("m", "b", "log_s"))(np.random.default_rng(0))
>>> len(arguments)
3
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .inputs import Array

FAR = 2.0**25  # from zero, in one chain of four: what squares the draws has no digits left there
RESOLUTION = 2.0**-10  # of a chain's numbers: few digits are packed small, and hold as much


def of(names: tuple[str, ...]) -> Callable[[np.random.Generator], tuple[Any, ...]]:
    """What draws arguments with these `names`."""
    return lambda rng: tuple(_arguments(names, rng))


def _arguments(names: tuple[str, ...], rng: np.random.Generator) -> list[Any]:
    n = int(rng.choice([1, 2, 3, 12, 24])) if "theta0" not in names else 30
    m, b = (float(10.0 ** rng.uniform(-2, 2) * rng.normal()) for _ in range(2))
    x = 10.0 ** rng.uniform(-1, 2) * rng.normal(size=n)
    log_s = float(rng.uniform(-6.0, 4.0))
    y = m * x + b + np.exp(log_s) * 10.0 ** rng.uniform(0, 2) * rng.normal(size=n)
    values: dict[str, Any] = {
        "x": x,
        "y": y,
        "m": m,
        "b": b,
        "s": float(np.exp(log_s)),
        "log_s": log_s,
        "theta0": np.array([m, b, log_s + 1.0]),
        "seconds": float(rng.uniform(0.1, 100.0)),
    }
    if "chain" in names:
        values["chain"] = _chain(rng)
    return [values[name] for name in names]


def _chain(rng: np.random.Generator) -> Array:
    """Draws ``[steps, walkers, d]`` that forget after 1 to 8 steps, each parameter its own way.

    A moving sum of w draws has the autocorrelation time w. In one of three the walkers come in
    mirrored pairs, one of four is far from zero.
    """
    steps = int(rng.choice([500, 640]))  # over fifty times 8, below which emcee does not answer
    walkers, d = int(rng.choice([1, 2, 4])), int(rng.choice([1, 2, 3]))
    noise = np.cumsum(rng.normal(size=(steps + 8, walkers, d)), axis=0)
    chain = np.empty((steps, walkers, d))
    for k in range(d):
        width = int(rng.choice([1, 3, 8]))
        chain[..., k] = (noise[width:, :, k] - noise[:-width, :, k])[:steps] / np.sqrt(width)
    if rng.uniform() < 1 / 3:
        chain = np.concatenate([chain, -chain], axis=1)
    chain = (chain + rng.normal(size=d)) * 2.0 ** rng.integers(-2, 3, size=d)
    chain += rng.choice([0.0, 0.0, 0.0, FAR])
    return np.round(chain / RESOLUTION) * RESOLUTION
