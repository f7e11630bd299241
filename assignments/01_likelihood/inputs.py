"""The inputs on which the claims about likelihoods are tried.

Two kinds are mixed. *Gentle* ones have few points and numbers with one decimal: a failing input is
shrunk to such, so that it can be read. *Wild* ones come from a seeded generator and go to extremes:
scales from 1e-13 to 1e11, residuals of up to 10,000 s. Claims that share a strategy are tried on
the same inputs, so that each question is asked once.

>>> from hypothesis import find
>>> find(LINES, lambda line: line.s > 1).s   # the simplest line with s above one
2.0
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from numpy.typing import NDArray
from scipy import stats

from course_lib.claims import Seed

Array = NDArray[np.float64]

SEEDS = st.integers(0, 2**32 - 1)
SCALES = st.sampled_from((1.0, 2.0, 0.5, 0.1, 10.0))
LIFT, TILT = 1.5, -0.7  # what is added to all y, and for each unit of x
UNIT = 2.0**-12  # a change of the unit of y that float64 makes without rounding


class Line(NamedTuple):
    """The arguments of `log_like_terms`: data ``[n]``, slope, intercept, scale."""

    x: Array
    y: Array
    m: float
    b: float
    s: float

    @property
    def residuals(self) -> Array:
        """How far each point is above the line, ``[n]``."""
        return self.y - (self.m * self.x + self.b)


class Lines(NamedTuple):
    """The arguments of `tf_log_like_many`: data ``[n]``, rows (m, b, log s) ``[k, 3]``."""

    x: Array
    y: Array
    theta: Array


class Data(NamedTuple):
    """The arguments of `summarise`: data ``[n]``."""

    x: Array
    y: Array


def tenths(limit: float = 5.0) -> SearchStrategy[float]:
    """Numbers with one decimal from -limit to limit."""
    whole = round(10 * limit)
    return st.integers(-whole, whole).map(lambda k: k / 10)


TENTHS = tenths()


@st.composite
def _gentle(draw: DrawFn, sizes: tuple[int, ...]) -> Line:
    n = draw(st.sampled_from(sizes))
    numbers = [draw(TENTHS) for _ in range(2 * n + 2)]
    x, y = np.array(numbers[:n]), np.array(numbers[n : 2 * n])
    return Line(x, y, numbers[-2], numbers[-1], draw(SCALES))


def _wild(seed: int, n: int) -> Line:
    rng = np.random.default_rng(seed)
    unit, span = 10.0 ** rng.uniform(-10, 10), 10.0 ** rng.uniform(-3, 3)
    x = span * rng.normal(size=n)
    m = unit / span * rng.normal()
    b = unit * rng.normal() * 10.0 ** rng.choice([0, 0, 3])
    s = unit * 10.0 ** rng.uniform(-3, 1)
    y = m * x + b + s * rng.normal(size=n) * 10.0 ** rng.choice([0, 0, 1, 4])
    return Line(x, y, m, b, s)


def all_off_the_line(line: Line) -> bool:
    """Whether every point is off the line, by more than rounding."""
    return bool(np.min(np.abs(line.residuals)) > 0.01 * line.s)


TAME = _gentle((1, 2, 3)).filter(all_off_the_line)
LINES = TAME | st.builds(_wild, SEEDS, st.sampled_from((2, 3, 24))).filter(all_off_the_line)


def line_of(x: float, y: float, m: float, b: float, s: float) -> Line:
    """A line with one point."""
    return Line(np.array([x]), np.array([y]), m, b, s)


EXTREME = {
    "one point": line_of(1.0, 2.0, 0.5, 0.5, 1.0),
    "a point 1e8 s away": line_of(0.0, 1e8, 0.0, 0.0, 1.0),
    "a point 1000 s away": line_of(2.0, -1000.0, 1.0, -2.0, 1.0),
    "a tiny scale": line_of(1e-12, 3e-12, 1.0, 0.0, 1e-12),
    "a huge scale": line_of(1.0, 3e8, 1e8, 0.0, 1e8),
    "a large offset": line_of(0.0, 1e6 + 3.0, 2.0, 1e6, 1.0),
    "the same point twice": Line(np.ones(2), np.full(2, 2.0), 0.5, 0.5, 1.0),
    "unsorted x": Line(np.array([3.0, -1.0, 1.0]), np.array([1.0, 2.0, -2.0]), -0.5, 2.0, 0.5),
}


def further_away(line: Line) -> list[Line]:
    """The line, and the same with every residual doubled, three times in a row."""
    return [line._replace(y=line.y + k * line.residuals) for k in (0, 1, 3, 7)]


# ---------------------------------------------------------------- many lines at once

# How many points and how many rows. As many rows as points, and three rows, are the cases in which
# an axis too few broadcasts to a wrong number and not to an error. Few shapes: a compiled function
# is compiled once for each.
SHAPES = ((2, 1), (2, 2), (24, 5))
SQUARE = ((3, 3), (24, 3))
SHORT = ((1, 2), (2, 2))


@st.composite
def _many(draw: DrawFn, shapes: tuple[tuple[int, int], ...]) -> Lines:
    n, k = draw(st.sampled_from(shapes))
    numbers = np.array([draw(TENTHS) for _ in range(2 * n)]) if n <= 3 else None
    if numbers is None:
        rng = np.random.default_rng(draw(SEEDS))
        numbers = np.round(5 * rng.uniform(-1, 1, 2 * n), 1)
    rows = [[draw(TENTHS), draw(TENTHS), draw(tenths(2.0))] for _ in range(k)]
    return Lines(numbers[:n], numbers[n:], np.array(rows))


def rows_differ(lines: Lines) -> bool:
    """Whether every row is another line, and every point is off each of them."""
    m, b, _ = lines.theta.T[:, :, None]
    rest = lines.y - (m * lines.x + b)
    distinct = len({tuple(row) for row in lines.theta.tolist()}) == len(lines.theta)
    return distinct and bool(np.min(np.abs(rest)) > 1e-9)


_RNG = np.random.default_rng(60)
LONG = {  # more points than the lesson has, and more rows than those below
    "lines": Lines(
        np.round(_RNG.uniform(-5, 5, 60), 1),
        np.round(_RNG.uniform(-5, 5, 60), 1),
        np.round(_RNG.uniform(-2, 2, (8, 3)), 1),
    )
}

MANY = _many(SHAPES).filter(rows_differ)
MANY_SQUARE = _many(SQUARE).filter(rows_differ)
MANY_SHORT = _many(SHORT).filter(rows_differ)


def steep(log_s: float) -> Lines:
    """Two points and two lines, with log s of both signs: scales from e^-25 to e^25."""
    s = float(np.exp(log_s))
    x = np.array([0.0, 1.0])
    return Lines(x, np.array([2.0 * s, -1.0 * s]), np.array([[0.0, 0.0, log_s], [s, s, log_s]]))


STEEP = tuple({"lines": steep(log_s)} for log_s in (-25.0, -9.0, 0.0, 12.0, 25.0))

# ---------------------------------------------------------------- data alone


@st.composite
def _data(draw: DrawFn) -> Data:
    n = draw(st.sampled_from((2, 3, 24)))
    if n <= 3:
        numbers = np.array([draw(TENTHS) for _ in range(2 * n)])
    else:
        rng = np.random.default_rng(draw(SEEDS))
        numbers = np.round(10.0 ** rng.uniform(-3, 3) * rng.normal(size=2 * n), 4)
    return Data(numbers[:n], numbers[n:])


def is_spread(data: Data) -> bool:
    """Whether neither x nor y is the same number all over."""
    return bool(np.ptp(data.x) > 1e-9 and np.ptp(data.y) > 1e-9)


DATA = _data().filter(is_spread)
FAR = ((1e6, 1e6), (0.0, 1e8), (-1e8, 1e6))  # offsets of x and of y


# ---------------------------------------------------------------- summaries


@dataclass(frozen=True)
class Summary:
    """The arguments of `log_like_from_summary`, as data and a line: what it summarises is known."""

    x: Array
    y: Array
    m: float
    b: float
    s: float

    @property
    def summary(self) -> Array:
        """The six numbers ``[6]``: n, mean x, mean y, Sxx, Sxy, Syy about the means."""
        mean_x, mean_y = np.mean(self.x), np.mean(self.y)
        dx, dy = self.x - mean_x, self.y - mean_y
        return np.array([len(self.x), mean_x, mean_y, dx @ dx, dx @ dy, dy @ dy])

    @property
    def line(self) -> Line:
        """The same data and line, for the sum over the points."""
        return Line(self.x, self.y, self.m, self.b, self.s)

    @property
    def arguments(self) -> tuple[Array, float, float, float]:
        """What the student's function gets."""
        return self.summary, self.m, self.b, self.s

    def at(self, m: float, b: float) -> Summary:
        """The same data, and another line."""
        return Summary(self.x, self.y, m, b, self.s)


SUMMARIES = TAME.map(lambda line: Summary(*line))
FIFTY = st.builds(lambda seed: Summary(*_wild(seed, 50)), SEEDS)
SUMMARIES_OF_MORE = SUMMARIES | FIFTY | st.builds(lambda seed: Summary(*_wild(seed, 24)), SEEDS)


# ---------------------------------------------------------------- simulated data

MANY_POINTS = 16_384


@dataclass(frozen=True)
class Run:
    """The arguments of `simulate_line`: a seed for the generator, and a line to scatter about."""

    seed: int
    x: Array
    m: float
    b: float
    s: float

    @property
    def arguments(self) -> tuple[Seed, Array, float, float, float]:
        """What the student's function gets; the seed arrives as a fresh generator."""
        return Seed(self.seed), self.x, self.m, self.b, self.s

    @property
    def line(self) -> Array:
        """The line without noise, ``[n]``."""
        return self.m * self.x + self.b

    def noise_of(self, y: Array) -> Array:
        """The noise of these data in units of s, ``[n]``; its right law is the unit normal."""
        return (y - self.line) / self.s


RUNS = st.builds(
    lambda seed, x, m, b, s: Run(seed, np.array(x), m, b, s),
    st.integers(0, 2**31),
    st.lists(TENTHS, min_size=2, max_size=4, unique=True),
    TENTHS.filter(bool),
    TENTHS.filter(bool),
    SCALES,
)


def is_ordinary(seed: int) -> bool:
    """Whether the usual way to draw gives numbers with everyday statistics from this seed.

    Three standard deviations at most: then an answer that draws as everybody does is never the one
    in a million that a bar would refuse.
    """
    z = np.random.default_rng(seed).standard_normal(MANY_POINTS)
    n = len(z)
    distance = float(np.max(np.abs(np.sort(stats.norm.cdf(z)) - (np.arange(n) + 0.5) / n)))
    moments = [
        (np.sum(z**2) - n) / np.sqrt(2 * n),
        (np.mean(z**4) - 3) / np.sqrt(96 / n),
        z[1:] @ z[:-1] / np.sqrt(n),
        np.linspace(-1, 1, n) @ z / np.sqrt(n / 3),
    ]
    return bool(np.sqrt(n) * distance < 1.6 and np.max(np.abs(moments)) < 3)


LARGE = st.builds(
    lambda seed, m, b: Run(seed, np.linspace(-6.0, 6.0, MANY_POINTS), m, b, 0.5),
    st.integers(0, 2**31).filter(is_ordinary),
    TENTHS.filter(bool),
    TENTHS,
)
