"""The inputs on which the claims about gradients are tried.

Functions to differentiate are given by their coefficients, so that their derivatives are known
exactly and two with the same coefficients are known to be equal.

>>> Cubic((1.0,), ((0.0,),), (0.0,), 2.0)(np.array([3.0]))
29.0
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from numpy.typing import NDArray

Array = NDArray[np.float64]
Row = tuple[float, ...]

SEEDS = st.integers(0, 2**32 - 1)


def tenths(limit: float = 5.0) -> SearchStrategy[float]:
    """Numbers with one decimal from -limit to limit."""
    whole = round(10 * limit)
    return st.integers(-whole, whole).map(lambda k: k / 10)


TENTHS = tenths()

# ---------------------------------------------------------------- functions to nudge


@dataclass(frozen=True)
class Cubic:
    """A polynomial: Σ cubic_i θ_i³ + ½ θ·matrix·θ + linear·θ + constant."""

    cubic: Row
    matrix: tuple[Row, ...]
    linear: Row
    constant: float

    def __call__(self, theta: Array) -> float:
        """Its value at theta ``[d]``."""
        theta = np.asarray(theta, dtype=np.float64)
        square = 0.5 * theta @ np.array(self.matrix) @ theta
        return float(self.cubic @ theta**3 + square + self.linear @ theta + self.constant)

    def slope(self, theta: Array) -> Array:
        """The exact derivatives, ``[d]``."""
        matrix = np.array(self.matrix)
        return 3 * np.array(self.cubic) * theta**2 + 0.5 * (matrix + matrix.T) @ theta + self.linear


@dataclass(frozen=True)
class Nudge:
    """The arguments of `central_difference`: a function, a place ``[d]``, steps ``[d]``."""

    f: Cubic
    theta: Array
    h: Array

    @property
    def arguments(self) -> tuple[Cubic, Array, Array]:
        """What the student's function gets."""
        return self.f, self.theta, self.h

    @property
    def places(self) -> list[Array]:
        """Where a right answer asks: θ ± h_i e_i."""
        steps = np.diag(self.h)
        return [self.theta + sign * step for step in steps for sign in (1, -1)]

    @property
    def tolerance(self) -> Array:
        """64 eps of the largest value, over the step: what a difference of two values loses."""
        largest = max(abs(self.f(place)) for place in self.places)
        return 64 * np.finfo(float).eps * (largest + 1e-300) / self.h


STEPS = st.sampled_from((0.1, 0.2, 0.5, 0.01))


@st.composite
def _nudges(draw: DrawFn, sizes: tuple[int, ...], *, cubic: bool, zero: bool = False) -> Nudge:
    d = draw(st.sampled_from(sizes))

    def row() -> Row:
        return tuple(draw(TENTHS) for _ in range(d))

    matrix = tuple(row() for _ in range(d))
    f = Cubic(row() if cubic else (0.0,) * d, matrix, row(), draw(TENTHS))
    theta = np.zeros(d) if zero else np.array(row())
    return Nudge(f, theta, np.array([draw(STEPS) for _ in range(d)]))


def is_steep(nudge: Nudge) -> bool:
    """Whether the function has a slope along every parameter, which rounding cannot hide."""
    return bool(np.min(np.abs(nudge.f.slope(nudge.theta))) > 0.5)


def is_curved(nudge: Nudge) -> bool:
    """Whether there is a third derivative along every parameter."""
    return all(nudge.f.cubic)


def _wild_nudge(seed: int, d: int) -> Nudge:
    """Coefficients with all their digits, and values that may be tiny or huge."""
    rng = np.random.default_rng(seed)
    unit = 10.0 ** rng.uniform(-8, 8)

    def row() -> Row:
        return tuple((unit * rng.normal(size=d)).tolist())

    f = Cubic(row(), tuple(row() for _ in range(d)), row(), unit * float(rng.normal()))
    return Nudge(f, rng.normal(size=d), 10.0 ** rng.uniform(-3, -0.5, d))


WILD = st.builds(_wild_nudge, SEEDS, st.sampled_from((2, 3)))
PARABOLAS = _nudges((1, 2, 3), cubic=False).filter(is_steep)
CUBICS = _nudges((1, 2, 3), cubic=True).filter(is_curved) | WILD
AT_ZERO = _nudges((2, 3), cubic=True, zero=True).filter(is_curved)
ALONG_ONE = _nudges((1,), cubic=True).filter(is_curved)
SIX = {"nudge": _wild_nudge(6, 6)}

# ---------------------------------------------------------------- lines


class Pull(NamedTuple):
    """The arguments of `pull_back`: data ``[n]``, (m, b, log s), weights ``[n]``."""

    x: Array
    y: Array
    theta: Array
    weights: Array


class Push(NamedTuple):
    """The arguments of `hessian_times`: data ``[n]``, (m, b, log s), a direction ``[3]``."""

    x: Array
    y: Array
    theta: Array
    v: Array


class Lines(NamedTuple):
    """The arguments of `gradient_many`: data ``[n]``, rows (m, b, log s) ``[k, 3]``."""

    x: Array
    y: Array
    theta: Array


@st.composite
def _points(draw: DrawFn, sizes: tuple[int, ...]) -> tuple[Array, Array]:
    """Data with one decimal, of which no two points have the same x."""
    n = draw(st.sampled_from(sizes))
    if n > 3:
        rng = np.random.default_rng(draw(SEEDS))
        return np.round(rng.uniform(-2, 2, n), 1), np.round(rng.uniform(-5, 5, n), 1)
    x = draw(st.lists(TENTHS, min_size=n, max_size=n, unique=True))
    return np.array(x), np.array([draw(TENTHS) for _ in range(n)])


LOG_SCALES = st.sampled_from((0.0, 0.5, -0.5, 1.0, -1.0, 2.0))


@st.composite
def _theta(draw: DrawFn) -> Array:
    return np.array([draw(TENTHS), draw(TENTHS), draw(LOG_SCALES)])


def is_off(pull: tuple) -> bool:
    """Whether every point is off the line, and the slope has something to say."""
    x, y, theta = pull[:3]
    m, b, _ = np.atleast_2d(theta).T[:, :, None]
    return bool(np.min(np.abs(y - m * x - b)) > 1e-9 and np.max(np.abs(x)) > 0)


@st.composite
def _pulls(draw: DrawFn, sizes: tuple[int, ...] = (1, 2, 3, 24)) -> Pull:
    x, y = draw(_points(sizes))
    theta = draw(_theta())
    return Pull(x, y, theta, np.array([draw(TENTHS) for _ in x]))


# More points than the lesson has.
_RNG = np.random.default_rng(60)
_SIXTY = np.round(_RNG.uniform(-2, 2, 60), 1), np.round(_RNG.uniform(-5, 5, 60), 1)
LONG_PULL = {
    "pull": Pull(*_SIXTY, np.array([0.7, -0.4, 0.5]), np.round(_RNG.uniform(-5, 5, 60), 1))
}
LONG_PUSH = {"push": Push(*_SIXTY, np.array([0.7, -0.4, 0.5]), np.array([1.0, -0.5, 2.0]))}
LONG_TABLE = {
    "lines": Lines(*_SIXTY, np.round(_RNG.uniform(-2, 2, (8, 3)), 1)),
}

PULLS = _pulls().filter(is_off)
SHORT_PULLS = _pulls((2, 3)).filter(is_off)


def _two_points(log_s: float) -> tuple[Array, Array, Array]:
    """Two points at a distance of two and one scales from a line with this log s."""
    s = float(np.exp(log_s))
    return np.array([0.5, 1.0]), np.array([2 * s, -s]), np.array([0.0, 0.0, log_s])


STEEP_PULLS = tuple(
    {"pull": Pull(*_two_points(log_s), np.array([1.0, -0.5]))} for log_s in (-18.0, -9.0, 0.0, 12.0)
)


@st.composite
def _lines(draw: DrawFn, shapes: tuple[tuple[int, int], ...]) -> Lines:
    n, k = draw(st.sampled_from(shapes))
    x, y = draw(_points((n,)))
    return Lines(x, y, np.array([draw(_theta()) for _ in range(k)]))


def rows_differ(lines: Lines) -> bool:
    """Whether all rows are different, and no point is on any of the lines."""
    return len({tuple(row) for row in lines.theta.tolist()}) == len(lines.theta) and is_off(lines)


# Few shapes: a compiled function is compiled once for each. As many rows as points, and three rows,
# are where an axis too few gives a wrong number and no error.
MANY = _lines(((2, 1), (2, 2), (24, 5))).filter(rows_differ)
MANY_SQUARE = _lines(((3, 3), (24, 3))).filter(rows_differ)


def _steep_lines(log_s: float) -> Lines:
    x, y, theta = _two_points(log_s)
    return Lines(x, y, np.array([theta, [y[1], y[0], log_s + 0.5]]))


STEEP = tuple({"lines": _steep_lines(log_s)} for log_s in (-18.0, -9.0, 0.0, 12.0))


@st.composite
def _pushes(draw: DrawFn) -> Push:
    x, y = draw(_points((2, 3, 24)))
    theta = draw(_theta())
    return Push(x, y, theta, np.array([draw(TENTHS) for _ in range(3)]))


def points_somewhere(push: Push) -> bool:
    """Whether every component of the direction counts."""
    return is_off(push) and bool(np.all(push.v))


PUSHES = _pushes().filter(points_somewhere)


@st.composite
def _tops(draw: DrawFn) -> Push:
    x, y = draw(_points((24,)))
    m, b = np.polyfit(x, y, 1)
    scatter = np.sqrt(np.mean((y - m * x - b) ** 2))
    direction = np.array([draw(TENTHS), draw(TENTHS), draw(TENTHS)])
    return Push(x, y, np.array([m, b, np.log(scatter)]), direction)


TOPS = _tops().filter(points_somewhere)

# ---------------------------------------------------------------- a function and its gradient


@dataclass(frozen=True)
class Waves:
    """Σ a sin(w·θ + φ) + Σ c exp(u·θ) + ½ θ·diagonal(curve)·θ, the parameters of each as rows."""

    a: Row
    w: tuple[Row, ...]
    phase: Row
    c: Row
    u: tuple[Row, ...]
    curve: Row

    def __call__(self, theta: Array) -> float:
        """Its value at theta ``[d]``."""
        theta = np.asarray(theta, dtype=np.float64)
        waves = self.a @ np.sin(np.array(self.w) @ theta + self.phase) if self.a else 0.0
        steep = self.c @ np.exp(np.array(self.u) @ theta) if self.c else 0.0
        return float(waves + steep + 0.5 * np.array(self.curve) @ theta**2)

    def slope(self, theta: Array) -> Array:
        """The exact derivatives, ``[d]``."""
        found = np.array(self.curve) * theta
        if self.a:
            w = np.array(self.w)
            found = found + (self.a * np.cos(w @ theta + self.phase)) @ w
        if self.c:
            u = np.array(self.u)
            found = found + (self.c * np.exp(u @ theta)) @ u
        return found


@dataclass(frozen=True)
class Slope:
    """A gradient to be tested: the right one of `f`, each component times `times`, plus `plus`.

    It is taken at θ + `moved`, with its components in the order `order`.
    """

    f: Waves
    times: Row
    plus: Row
    moved: Row
    order: tuple[int, ...]

    def __call__(self, theta: Array) -> Array:
        """What it claims the gradient at theta to be, ``[d]``."""
        theta = np.asarray(theta, dtype=np.float64) + self.moved
        return self.f.slope(theta)[list(self.order)] * self.times + self.plus


@dataclass(frozen=True)
class Test:
    """The arguments of `gradient_is_right`: two functions, a place ``[d]``, scales ``[d]``."""

    f: Waves
    gradient: Slope
    theta: Array
    scale: Array

    @property
    def arguments(self) -> tuple[Waves, Slope, Array, Array]:
        """What the student's function gets."""
        return self.f, self.gradient, self.theta, self.scale

    def spoilt(
        self,
        times: dict[int, float] | None = None,
        plus: dict[int, float] | None = None,
        moved: float = 0.0,
        order: tuple[int, ...] | None = None,
    ) -> Test:
        """The same function with a gradient that is wrong in some of its components."""
        d = len(self.theta)
        gradient = Slope(
            self.f,
            tuple((times or {}).get(k, 1.0) for k in range(d)),
            tuple((plus or {}).get(k, 0.0) for k in range(d)),
            tuple(moved * scale for scale in self.scale),
            order or tuple(range(d)),
        )
        return Test(self.f, gradient, self.theta, self.scale)


def right(f: Waves, theta: list[float], scale: list[float]) -> Test:
    """A test of the right gradient of f at theta; f varies over `scale`."""
    d = len(theta)
    ones, zeros = (1.0,) * d, (0.0,) * d
    gradient = Slope(f, ones, zeros, zeros, tuple(range(d)))
    return Test(f, gradient, np.array(theta), np.array(scale))


def waves(a: Row, w: tuple[Row, ...], phase: Row, curve: Row) -> Waves:
    """Without exponentials."""
    return Waves(a, w, phase, (), (), curve)


RIGHT = {
    "a parabola": right(waves((), (), (), (2.0, 3.0)), [1.0, -0.5], [1.0, 1.0]),
    "mixed terms": right(
        waves((1.0, 0.5), ((1.0, 0.7), (0.3, -1.2)), (0.2, 1.0), (0.5, 0.1)), [0.3, 0.8], [1.0, 1.0]
    ),
    "values of 1e-12": right(
        waves((1e-12,), ((1.0, 0.5),), (0.3,), (1e-12, 2e-12)), [0.5, 0.4], [1.0, 1.0]
    ),
    "values of 1e9": right(
        waves((1e9,), ((0.8, 1.1),), (0.1,), (1e9, 2e9)), [0.6, -0.9], [1.0, 1.0]
    ),
    "far from zero": right(
        waves((3.0,), ((1.0, 0.6),), (0.4,), (1e-3, 1e-3)), [1e4, -1e4], [1.0, 1.0]
    ),
    "scales of 1e-6 and 1e3": right(
        waves((1.0,), ((5e5, 8e-4),), (0.3,), (1e12, 1e-6)), [4e-7, 700.0], [1e-6, 1e3]
    ),
    "at zero": right(
        waves((1.0, 2.0), ((1.0, 0.4), (-0.3, 0.9)), (0.5, -0.2), (1.0, 1.0)),
        [0.0, 0.0],
        [1.0, 1.0],
    ),
    "a steep exponential": right(
        Waves((), (), (), (1.0,), ((10.0, -4.0),), (1.0, 1.0)), [1.0, 0.5], [0.1, 0.2]
    ),
    "three parameters": right(
        waves((1.0, 0.7), ((1.0, 0.5, 0.2), (0.1, -0.6, 0.9)), (0.3, 0.9), (0.2, 0.4, 0.3)),
        [0.4, -0.7, 1.1],
        [1.0, 1.0, 1.0],
    ),
    "one parameter": right(waves((2.0,), ((1.3,),), (0.4,), (0.5,)), [0.7], [1.0]),
}
# One percent of one in sixteen is less than a thousandth on average.
SIXTEEN = {
    "test": right(
        waves(
            (1.0, 0.7),
            (tuple(0.1 * k for k in range(1, 17)), tuple(0.8 - 0.1 * k for k in range(16))),
            (0.3, 0.9),
            (0.5,) * 16,
        ),
        [0.3 * (-1) ** k + 0.1 * k for k in range(16)],
        [1.0] * 16,
    )
}
# The slope along the second parameter is zero, and a difference of two values is not quite.
LEVEL = {
    "test": right(
        waves((1.0, 1.0), ((1.0, 0.7), (1.0, -0.7)), (0.4, 0.4), (0.3, 0.9)), [0.3, 0.0], [1.0, 1.0]
    )
}
PAIRS = tuple({"test": test} for test in RIGHT.values())


def drawn(seed: int) -> Test:
    """A right pair of two parameters, of which no derivative is small."""
    rng = np.random.default_rng(seed)
    a, w = rng.uniform(0.5, 2.0, 2), rng.uniform(-1.5, 1.5, (2, 2))
    f = waves(
        tuple(a.round(1).tolist()),
        tuple(map(tuple, w.round(1).tolist())),
        tuple(rng.uniform(-1, 1, 2).round(1).tolist()),
        tuple(rng.uniform(0.2, 1.0, 2).round(1).tolist()),
    )
    return right(f, rng.uniform(-1, 1, 2).round(1).tolist(), [1.0, 1.0])


def has_two_slopes(test: Test) -> bool:
    """Whether the derivatives are large enough to be told from zero and from each other."""
    one, other = np.abs(test.f.slope(test.theta))
    return bool(min(one, other) > 0.3 and abs(one - other) > 0.1)


TESTS = SEEDS.map(drawn).filter(has_two_slopes)
