"""Lines that are tried every time: each is where a likelihood that is nearly right goes wrong.

>>> from .extremes import LINES
>>> LINES["a point 1e8 s away"].y.tolist()
[100000000.0]
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np

from course_lib.claims import Inputs

from .inputs import Line, LogLine

AnyLine = TypeVar("AnyLine", Line, LogLine)

_RNG = np.random.default_rng(200)
_X = _RNG.normal(size=200)


def _one(x: float, y: float, m: float, b: float, s: float) -> Line:
    return Line(np.array([x]), np.array([y]), m, b, s)


# Lines that have something in common with this one: what is remembered of one is wrong for another.
TWIN = Line(np.array([0.5, 2.0]), np.array([2.0, 0.5]), 1.5, -0.5, 2.0)
NEARLY = 1.0 + 2.0**-30  # nine digits are the same, and the values differ by far more than rounding

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
    "far from zero": Line(
        np.array([1e4, 1e4 + 3.0]), np.array([1e6 + 0.7, 1e6 - 1.3]), 2.1, 1e6 - 2.1e4, 1.5
    ),
    "every point on the line": Line(
        np.array([0.0, 1.0, 3.0]), np.array([1.0, 1.5, 2.5]), 0.5, 1.0, 0.5
    ),
    "one point on the line": Line(np.array([0.0, 2.0]), np.array([1.0, 3.5]), 0.5, 1.0, 0.5),
    "every y zero": Line(np.array([1.0, 2.0]), np.zeros(2), 0.5, -1.5, 2.0),
    "nothing but s": _one(0.0, 0.0, 0.0, 0.0, 2.0),
    "two points": TWIN,
    "nearly the same line": TWIN._replace(m=TWIN.m * NEARLY, b=TWIN.b * NEARLY, s=TWIN.s * NEARLY),
    "the same line, on its other side": TWIN._replace(y=np.array([-1.5, 4.5])),
    "the same line and other x": TWIN._replace(x=np.array([-2.0, 1.5])),
    "many points": Line(_X, 0.7 * _X - 0.2 + 0.3 * _RNG.normal(size=200), 0.5, 0.0, 0.4),
    "a point under its line": _one(1.0, 1.5, 1.5, 0.5, 1.0),
}

ALWAYS: tuple[Inputs, ...] = tuple({"line": line} for line in LINES.values())
ALWAYS_LOG: tuple[Inputs, ...] = tuple({"line": line.log} for line in LINES.values())

# A function whose values are right on all of them needs its derivative looked at on some.
STEEP = (
    "a point 1e8 s away",
    "a tiny scale",
    "a huge scale",
    "a large offset",
    "far from zero",
    "the same x twice",
    "every point on the line",
    "one point on the line",
    "every y zero",
    "nothing but s",
)
ALWAYS_STEEP: tuple[Inputs, ...] = tuple({"line": LINES[name]} for name in STEEP)
ALWAYS_STEEP_LOG: tuple[Inputs, ...] = tuple({"line": LINES[name].log} for name in STEEP)

# Claims that compare two answers are tried on these as well. Of the lines that are alike there is
# one only: which of a remembered answer's comparisons fail would depend on the order of the calls.
COMPARED = [
    name
    for name, line in LINES.items()
    if len(line.x) < 200 and not name.startswith(("nearly", "the same line"))
]
ALWAYS_COMPARED: tuple[Inputs, ...] = tuple({"line": LINES[name]} for name in COMPARED)
HALVED = [name for name in COMPARED if len(LINES[name].x) > 1]  # of one point there are no halves
ALWAYS_HALVED: tuple[Inputs, ...] = tuple({"line": LINES[name]} for name in HALVED)
ALWAYS_HALVED_LOG: tuple[Inputs, ...] = tuple({"line": LINES[name].log} for name in HALVED)

# Everyday lines, none of which meets a point. Where a wrong answer passes on one of them and fails
# on another, all of them together decide the same way in every run.
EVERYDAY = (
    "one point",
    "the same x twice",
    "three points",
    "unsorted x",
    "two points",
    "the same line, on its other side",
    "the same line and other x",
    "a point under its line",
)
ALWAYS_EVERYDAY: tuple[Inputs, ...] = tuple({"line": LINES[name]} for name in EVERYDAY)
FAR: Inputs = {"line": LINES["far from zero"]}
ALWAYS_EVERYDAY_LOG: tuple[Inputs, ...] = tuple({"line": LINES[name].log} for name in EVERYDAY)

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
_UPHILL = (*SIDES, LINES["a point 1000 s away"], *(LINES[name] for name in EVERYDAY))
ALWAYS_UPHILL: tuple[Inputs, ...] = tuple({"line": line} for line in _UPHILL)
ALWAYS_UPHILL_LOG: tuple[Inputs, ...] = tuple({"line": line.log} for line in _UPHILL)
