"""The inputs on which the claims about optimisation are tried: lines, bowls and harder valleys.

>>> bowl = Bowl((1.0, 2.0), ((2.0, 0.0), (0.0, 4.0)))
>>> bowl(np.array([1.0, 3.0]))
(2.0, array([0., 4.]))
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

# ---------------------------------------------------------------- lines


class Line(NamedTuple):
    """The arguments of `value_and_gradient`: data ``[n]`` and (m, b, log s)."""

    x: Array
    y: Array
    theta: Array


LOG_SCALES = st.sampled_from((0.0, 0.5, -0.5, 1.0, -1.0, 2.0))


@st.composite
def _lines(draw: DrawFn) -> Line:
    n = draw(st.sampled_from((1, 2, 3, 24)))
    if n > 3:
        rng = np.random.default_rng(draw(SEEDS))
        x, y = np.round(rng.uniform(-2, 2, n), 1), np.round(rng.uniform(-5, 5, n), 1)
    else:
        x, y = (np.array([draw(TENTHS) for _ in range(n)]) for _ in range(2))
    return Line(x, y, np.array([draw(TENTHS), draw(TENTHS), draw(LOG_SCALES)]))


def is_off(line: Line) -> bool:
    """Whether every point is off the line, and some x is not zero."""
    m, b, _ = line.theta
    return bool(np.min(np.abs(line.y - m * line.x - b)) > 1e-9 and np.max(np.abs(line.x)) > 0)


LINES = _lines().filter(is_off)
_MORE = np.random.default_rng(60)
SIXTY = {  # points, more than the lesson has
    "line": Line(
        np.round(_MORE.uniform(-2, 2, 60), 1),
        np.round(_MORE.uniform(-5, 5, 60), 1),
        np.array([0.7, -0.4, 0.5]),
    )
}


def _steep(log_s: float) -> Line:
    s = float(np.exp(log_s))
    return Line(np.array([0.5, 1.0]), np.array([2 * s, -s]), np.array([0.0, 0.0, log_s]))


STEEP = tuple({"line": _steep(log_s)} for log_s in (-18.0, -9.0, 0.0, 12.0))


def best_fit(x: Array, y: Array) -> Array:
    """The most likely (m, b, log s): least squares, and the root mean square of what is left."""
    dx, dy = x - np.mean(x), y - np.mean(y)
    m = dx @ dy / (dx @ dx)
    rest = dy - m * dx
    return np.array([m, np.mean(y) - m * np.mean(x), 0.5 * np.log(np.mean(rest**2))])


@dataclass(frozen=True)
class Data:
    """A data set, of which the most likely line is known."""

    x: Array
    y: Array

    @property
    def arguments(self) -> tuple[Array, Array, Array]:
        """Those of `standard_errors`: the data and their best fit."""
        return self.x, self.y, best_fit(self.x, self.y)


@st.composite
def _data(draw: DrawFn, offset: float = 0.0) -> Data:
    n = draw(st.sampled_from((4, 6, 24)))
    rng = np.random.default_rng(draw(SEEDS))
    x = np.round(offset + rng.uniform(-2, 2, n), 1)
    y = np.round(draw(TENTHS) * (x - offset) + draw(TENTHS) + rng.normal(size=n), 1)
    return Data(x, y)


def has_errors(data: Data) -> bool:
    """Whether there are several x, and a scatter that is no rounding."""
    if len(set(data.x.tolist())) < 3:
        return False
    return bool(best_fit(data.x, data.y)[2] > -3)


DATA = _data().filter(has_errors)
FAR_DATA = _data(30.0).filter(has_errors)


def centred(data: Data) -> Data:
    """The same data about a mean x of zero."""
    return Data(data.x - np.mean(data.x), data.y)


CENTRED = DATA.map(centred)

# ---------------------------------------------------------------- a bowl to descend into


@dataclass(frozen=True)
class Bowl:
    """½ (θ - centre)·matrix·(θ - centre), and its gradient; the matrix is symmetric."""

    centre: Row
    matrix: tuple[Row, ...]

    def __call__(self, theta: Array) -> tuple[float, Array]:
        """Value and gradient at theta ``[d]``."""
        off = np.asarray(theta, dtype=np.float64) - self.centre
        slope = np.array(self.matrix) @ off
        return float(0.5 * off @ slope), slope

    @property
    def steepest(self) -> float:
        """The largest curvature: rates of up to 2 over it go downhill."""
        return float(np.max(np.linalg.eigvalsh(np.array(self.matrix))))


@dataclass(frozen=True)
class Descent:
    """The arguments of `descend`."""

    f: Bowl
    theta0: Array
    rate: float
    steps: int

    @property
    def arguments(self) -> tuple[Bowl, Array, float, int]:
        """What the student's function gets."""
        return self.f, self.theta0, self.rate, self.steps


MATRICES = {
    1: (((2.0,),), ((4.0,),), ((0.5,),)),
    2: (((2.0, 1.0), (1.0, 3.0)), ((4.0, 0.0), (0.0, 0.5)), ((1.0, -0.5), (-0.5, 2.0))),
    3: (((2.0, 0.5, 0.0), (0.5, 1.0, 0.3), (0.0, 0.3, 3.0)),),
}


@st.composite
def _descents(draw: DrawFn, steps: tuple[int, ...], rates: tuple[float, ...]) -> Descent:
    d = draw(st.sampled_from((1, 2, 3)))
    f = Bowl(tuple(draw(TENTHS) for _ in range(d)), draw(st.sampled_from(MATRICES[d])))
    theta0 = np.array([draw(TENTHS) for _ in range(d)])
    return Descent(f, theta0, draw(st.sampled_from(rates)), draw(st.sampled_from(steps)))


def starts_off_centre(descent: Descent) -> bool:
    """Whether every component has a slope at the start."""
    return bool(np.min(np.abs(descent.f(descent.theta0)[1])) > 0.3)


DESCENTS = _descents((1, 2, 3, 10), (0.1, 0.2, 0.3)).filter(starts_off_centre)
NO_STEPS = _descents((0,), (0.1,)).filter(starts_off_centre)
TOO_FAST = tuple(
    {"descent": Descent(Bowl((1.0, -1.0), ((4.0, 0.0), (0.0, 0.5))), np.array(start), 0.51, 12)}
    for start in ((2.0, 0.0), (0.5, 3.0))
)

_CUP = Bowl(
    (1.0, -2.0, 0.5, 3.0),
    ((4.0, 0.0, 0.0, 1.0), (0.0, 2.0, 0.5, 0.0), (0.0, 0.5, 1.0, 0.0), (1.0, 0.0, 0.0, 2.0)),
)
# Four parameters: at the bottom, where no step moves anything, and a thousandth from it.
AT_THE_BOTTOM = tuple(
    {"descent": Descent(_CUP, np.array(_CUP.centre) + off, 0.1, 50)} for off in (0.0, 1e-3)
)

# ---------------------------------------------------------------- valleys for Newton

Seen = tuple[float, Array, Array]  # value, gradient [d], Hessian [d, d]


@dataclass(frozen=True)
class Parabola:
    """½ (θ - centre)·matrix·(θ - centre); lowest is 0."""

    centre: Row
    matrix: tuple[Row, ...]
    lowest: float = 0.0

    def __call__(self, theta: Array) -> Seen:
        """Value, gradient and Hessian at theta ``[d]``."""
        matrix, off = np.array(self.matrix), np.asarray(theta) - self.centre
        return float(0.5 * off @ matrix @ off), matrix @ off, matrix


@dataclass(frozen=True)
class Rosenbrock:
    """(1 - u)² + 100 (v - u²)²: a bent valley, lowest at (1, 1)."""

    lowest: float = 0.0

    def __call__(self, theta: Array) -> Seen:
        """Value, gradient and Hessian at theta ``[2]``."""
        u, v = (float(part) for part in theta)
        off = v - u**2
        gradient = np.array([-2 * (1 - u) - 400 * u * off, 200 * off])
        hessian = np.array([[2 - 400 * off + 800 * u**2, -400 * u], [-400 * u, 200.0]])
        return (1 - u) ** 2 + 100 * off**2, gradient, hessian


@dataclass(frozen=True)
class Quartic:
    """Σ (θ - centre)⁴, whose curvature vanishes at the bottom."""

    centre: Row
    lowest: float = 0.0

    def __call__(self, theta: Array) -> Seen:
        """Value, gradient and Hessian at theta ``[d]``."""
        off = np.asarray(theta, dtype=np.float64) - self.centre
        return float(np.sum(off**4)), 4 * off**3, np.diag(12 * off**2)


@dataclass(frozen=True)
class LogCosh:
    """Σ log cosh θ: flat far out, so that a whole Newton step goes far beyond the bottom."""

    lowest: float = 0.0

    def __call__(self, theta: Array) -> Seen:
        """Value, gradient and Hessian at theta ``[d]``."""
        theta = np.asarray(theta, dtype=np.float64)
        size = np.abs(theta)
        value = float(np.sum(size + np.log1p(np.exp(-2 * size)) - np.log(2)))
        slope = np.tanh(theta)
        return value, slope, np.diag(1 - slope**2)


@dataclass(frozen=True)
class MinusLogLike:
    """The negative log likelihood of a line through these data, as a function of (m, b, log s)."""

    x: Row
    y: Row

    @property
    def lowest(self) -> float:
        """Its value at the most likely line."""
        return self(best_fit(np.array(self.x), np.array(self.y)))[0]

    def __call__(self, theta: Array) -> Seen:
        """Value, gradient and Hessian at theta ``[3]``."""
        x, y = np.array(self.x), np.array(self.y)
        m, b, log_s = (float(part) for part in theta)
        with np.errstate(over="ignore", invalid="ignore"):
            inverse = np.exp(-2 * log_s)
            r = y - m * x - b
            value = 0.5 * inverse * np.sum(r**2) + len(x) * (log_s + 0.5 * np.log(2 * np.pi))
            sums = np.array([np.sum(r * x), np.sum(r), np.sum(r**2)]) * inverse
            gradient = np.array([-sums[0], -sums[1], len(x) - sums[2]])
            rows = [
                [np.sum(x**2) * inverse, np.sum(x) * inverse, 2 * sums[0]],
                [np.sum(x) * inverse, len(x) * inverse, 2 * sums[1]],
                [2 * sums[0], 2 * sums[1], 2 * sums[2]],
            ]
        return float(value), gradient, np.array(rows)


@dataclass(frozen=True)
class Valley:
    """The arguments of `newton`: a function with its lowest value known, and a start ``[d]``."""

    f: Parabola | Rosenbrock | Quartic | LogCosh | MinusLogLike
    theta0: Array

    @property
    def arguments(self) -> tuple[object, Array]:
        """What the student's function gets."""
        return self.f, self.theta0

    def above(self, theta: Array) -> float:
        """How far theta is from the bottom, in its own widths: √(2 (f - lowest))."""
        with np.errstate(all="ignore"):
            value = self.f(np.asarray(theta, dtype=np.float64))[0]
        return float(np.sqrt(2 * max(value - self.f.lowest, 0.0))) if np.isfinite(value) else np.inf


_RNG = np.random.default_rng(7)
_X = np.round(_RNG.uniform(-1, 1, 20), 2)
_Y = np.round(0.5 * _X - 0.2 + 0.1 * _RNG.normal(size=20), 2)
LINE = MinusLogLike(tuple(_X.tolist()), tuple(_Y.tolist()))
_TOP = best_fit(_X, _Y)


def valleys(f: object, *starts: list[float]) -> tuple[dict[str, Valley], ...]:
    """One input for each start."""
    return tuple({"valley": Valley(f, np.array(start))} for start in starts)  # type: ignore[arg-type]  # one of its kinds


NEAR = valleys(Parabola((1.0, -2.0), ((2.0, 0.5), (0.5, 1.0))), [0.0, 0.0], [3.0, -1.0])
LONG = valleys(Parabola((1.0, 2.0), ((1e4, 0.0), (0.0, 1e-4))), [0.0, 0.0], [-5.0, 100.0])
FAR_BOTTOM = valleys(
    Parabola(
        (20.0, -30.0, 500.0, -3000.0),
        ((2.0, 0.5, 0.0, 0.0), (0.5, 1.0, 0.0, 0.2), (0.0, 0.0, 1.0, 0.1), (0.0, 0.2, 0.1, 1.5)),
    ),
    [0.0, 0.0, 0.0, 0.0],
)
BENT = valleys(Rosenbrock(), [-1.2, 1.0], [0.0, 2.0])
FLAT = valleys(Quartic((1.0, 0.5)), [3.0, -2.0])
FAR_OUT = valleys(LogCosh(), [2.0, -3.0], [0.5, 4.0])
NEAR_LINE = valleys(LINE, (_TOP + np.array([0.1, -0.1, 0.2])).tolist())
FAR_LINES = valleys(LINE, *(_TOP + np.array([[2, -2, 0], [1, 1, 3]])).tolist())
NARROW = valleys(LINE, (_TOP - [0.05, 0.0, 1.5]).tolist())

# ---------------------------------------------------------------- hills


@dataclass(frozen=True)
class Hill:
    """The arguments of `laplace_log_evidence`: a top, a negative definite Hessian ``[d, d]``."""

    top: float
    hessian: Array

    @property
    def arguments(self) -> tuple[float, Array]:
        """What the student's function gets."""
        return self.top, self.hessian


@st.composite
def _hills(draw: DrawFn, sizes: tuple[int, ...]) -> Hill:
    d = draw(st.sampled_from(sizes))
    if d == 1:
        return Hill(draw(TENTHS), -np.array([[draw(st.sampled_from((1.0, 2.0, 0.5, 10.0)))]]))
    rng = np.random.default_rng(draw(SEEDS))
    root = np.round(rng.normal(size=(d, d)), 1)
    return Hill(draw(TENTHS), -np.round(root @ root.T + np.eye(d), 2))


HILLS = _hills((1, 2, 3, 5))
ROUND = _hills((1,))


def _large(power: float) -> Hill:
    scales = 10.0 ** np.linspace(0.5 * power, power, 60)
    return Hill(1.5, -np.diag(scales))


LARGE = tuple({"hill": _large(power)} for power in (8.0, -8.0))
