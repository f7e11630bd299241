"""Lines that are tried every time: each is where a likelihood that is nearly right goes wrong.

>>> from course_lib.checks.worksheet.extremes import LINES
>>> LINES["a point 1e8 s away"].y.tolist()
[100000000.0]
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np

from course_lib.checks.claims import Inputs
from course_lib.checks.strategies import Line, LogLine

AnyLine = TypeVar("AnyLine", Line, LogLine)

_RNG = np.random.default_rng(200)
_X = _RNG.normal(size=200)


def _one(x: float, y: float, m: float, b: float, s: float) -> Line:
    return Line(np.array([x]), np.array([y]), m, b, s)


LINES = {
    "one point": _one(1.0, 2.0, 0.5, 0.5, 1.0),
    "a point 1e8 s away": _one(0.0, 1e8, 0.0, 0.0, 1.0),
    "a point 1000 s away": _one(2.0, -1000.0, 1.0, -2.0, 1.0),
    "a tiny scale": _one(1e-12, 3e-12, 1.0, 0.0, 1e-12),
    "a huge scale": _one(1e12, -1e12, 0.5, 0.0, 1e12),
    "a scale far above the data": _one(0.5, 1.0, 1.0, 0.0, 1e8),
    "a large offset": _one(0.0, 1e6 + 3.0, 2.0, 1e6, 1.0),
    "the same x twice": Line(np.array([1.0, 1.0]), np.array([0.0, 2.0]), 1.5, 0.0, 1.0),
    "the same point twice": Line(np.ones(2), np.full(2, 2.0), 0.5, 0.5, 1.0),
    "three points": Line(np.array([0.0, 1.0, 3.0]), np.array([1.0, -1.0, 2.0]), 0.5, 0.0, 2.0),
    "unsorted x": Line(np.array([3.0, -1.0]), np.array([1.0, 2.0]), -0.5, 2.0, 0.5),
    "many points": Line(_X, 0.7 * _X - 0.2 + 0.3 * _RNG.normal(size=200), 0.5, 0.0, 0.4),
}

ALWAYS: tuple[Inputs, ...] = tuple({"line": line} for line in LINES.values())
ALWAYS_LOG: tuple[Inputs, ...] = tuple({"line": line.log} for line in LINES.values())

# A function whose values are right on all of them needs its derivative looked at on some.
STEEP = ("a point 1e8 s away", "a tiny scale", "a huge scale", "the same x twice")
ALWAYS_STEEP: tuple[Inputs, ...] = tuple({"line": LINES[name]} for name in STEEP)
ALWAYS_STEEP_LOG: tuple[Inputs, ...] = tuple({"line": LINES[name].log} for name in STEEP)

LIFT, TILT = 1.5, -0.7  # what is added to all y, and for each unit of x
UNIT = 2.0**-12  # a change of unit that float64 makes without rounding


def in_unit(line: Line) -> Line:
    """The same line with y measured in another unit, in which all numbers are UNIT times theirs."""
    x, y, m, b, s = line
    return Line(x, UNIT * y, UNIT * m, UNIT * b, UNIT * s)


def further_away(line: AnyLine) -> list[AnyLine]:
    """The line and the same with every residual doubled, three times in a row."""
    rest = line.y - (line.m * line.x + line.b)
    return [line._replace(y=line.y + k * rest) for k in (0, 1, 3, 7)]


# Two lines on opposite sides of the data, with a scale that is too small and one that is too
# large: no constant derivative is uphill on all of them.
_SIGNS = [(1.0, 0.1), (1.0, 10.0), (-1.0, 0.1), (-1.0, 10.0)]
SIDES: tuple[Line, ...] = tuple(_one(1.0, side, 0.0, 0.0, s) for side, s in _SIGNS)
ALWAYS_SIDES: tuple[Inputs, ...] = tuple({"line": line} for line in SIDES)
ALWAYS_SIDES_LOG: tuple[Inputs, ...] = tuple({"line": line.log} for line in SIDES)
