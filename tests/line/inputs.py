"""Lines with data: short ones made of decimals, and wild ones of every scale."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Line(NamedTuple):
    """Data ``[n]``, slope, intercept, scale."""

    x: Array
    y: Array
    m: float
    b: float
    s: float


DECIMALS = st.integers(-50, 50).map(lambda tenths: tenths / 10)
SCALES = st.sampled_from((1.0, 2.0, 0.5, 0.1, 10.0))


@st.composite
def _gentle(draw: DrawFn, sizes: tuple[int, ...]) -> Line:
    n = draw(st.sampled_from([n for n in sizes if n <= 2]))
    numbers = [draw(DECIMALS) for _ in range(2 * n + 2)]
    x, y = np.array(numbers[:n]), np.array(numbers[n : 2 * n])
    return Line(x, y, numbers[-2], numbers[-1], draw(SCALES))


def _wild(seed: int, n: int) -> Line:
    rng = np.random.default_rng(seed)
    unit, span = 10.0 ** rng.uniform(-10, 10), 10.0 ** rng.uniform(-3, 3)
    x = span * rng.normal(size=n)
    m, b = unit / span * rng.normal(), unit * rng.normal()
    s = unit * 10.0 ** rng.uniform(-3, 1)
    return Line(x, m * x + b + s * rng.normal(size=n), m, b, s)


def _off(line: Line) -> bool:
    rest = line.y - (line.m * line.x + line.b)
    return bool(np.max(np.abs(rest)) > 0.01 * line.s)


def lines(sizes: tuple[int, ...], *, tame: bool) -> SearchStrategy[Line]:
    """Lines with points off them; tame: short decimals only."""
    found = _gentle(sizes)
    if not tame:
        wild = st.builds(_wild, st.integers(0, 2**32 - 1), st.sampled_from(sizes))
        found = found | wild | wild
    return found.filter(_off)


LINES, TAME = lines((2, 24), tame=False), lines((1, 2), tame=True)


def one(x: float, y: float, m: float, b: float, s: float) -> Line:
    """A line with one point."""
    return Line(np.array([x]), np.array([y]), m, b, s)


_RNG = np.random.default_rng(200)
_X = _RNG.normal(size=200)
ALWAYS = tuple(
    {"line": line}
    for line in (
        one(1.0, 2.0, 0.5, 0.5, 1.0),
        one(1e-12, 3e-12, 1.0, 0.0, 1e-12),
        one(1e12, -1e12, 0.5, 0.0, 1e12),
        Line(_X, 0.7 * _X - 0.2 + 0.3 * _RNG.normal(size=200), 0.5, 0.0, 0.4),
    )
)
