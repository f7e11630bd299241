"""Quantities by which the worksheet's inputs differ, under the names that students know them by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np


def features(given: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """Each quantity of one input, with its name."""
    if "x" in given:
        x = np.asarray(given["x"])
        yield "the number of points", float(x.size)
        yield "the number of repeated x", float(x.size - np.unique(x).size)
        yield "the number of points out of order", float(np.sum(np.diff(x) < 0))
    for name in ("m", "b"):
        if name in given:
            yield f"|{name}|", float(np.abs(given[name]))
            yield name, float(given[name])
    yield from _scales(given)


def _scales(given: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    if "s" in given:
        s = float(np.asarray(given["s"]))
        yield "s", s
        yield "|log s|", abs(float(np.log(s)))
    elif "log_s" in given:
        log_s = float(np.asarray(given["log_s"]))
        s = float(np.exp(log_s))
        yield "log_s", log_s
        yield "|log_s|", abs(log_s)
    else:
        return
    if "x" in given:
        x, y, m, b = (np.asarray(given[name], dtype=np.float64) for name in "xymb")
        yield "the largest residual over s", float(np.max(np.abs(y - m * x - b)) / s)


def factors(given: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """Quantities to which what an answer is off by may be proportional."""
    s = float(given["s"]) if "s" in given else float(np.exp(given.get("log_s", 0.0)))
    yield from (("s", s), ("s²", s * s), ("1/s", 1 / s), ("1/s²", 1 / s**2))
