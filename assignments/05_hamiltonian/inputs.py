"""The inputs on which the claims about Hamiltonian motion are tried.

Gradients and log densities are dataclasses with a `__call__`: they stay with the grader, who counts
how often they are asked.

>>> Bell((4.0, 1.0))(np.array([0.5, 2.0]))
array([-2., -2.])
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from numpy.typing import NDArray

from course_lib.claims import Seed

Array = NDArray[np.float64]
Row = tuple[float, ...]

SEEDS = st.integers(0, 2**31)


def tenths(low: float, high: float) -> SearchStrategy[float]:
    """Numbers with one decimal from low to high, but for zero."""
    whole = st.integers(round(10 * low), round(10 * high)).filter(bool)
    return whole.map(lambda k: k / 10)


TENTHS = tenths(-2, 2)

# ---------------------------------------------------------------- gradients


@dataclass(frozen=True)
class Bell:
    """The gradient of independent normals about zero: minus curvature times q."""

    curvature: Row

    def __call__(self, q: Array) -> Array:
        """The gradient at q ``[d]``."""
        return -np.array(self.curvature) * np.asarray(q)


@dataclass(frozen=True)
class Pull:
    """The gradient of a slope: the same everywhere. Without a force, free flight."""

    force: Row

    def __call__(self, q: Array) -> Array:
        """The gradient, wherever q ``[d]`` is."""
        return np.array(self.force) + 0.0 * np.asarray(q)


_RNG = np.random.RandomState(123)
X = np.sort(_RNG.uniform(-1, 1, 50))
Y = -0.4 * X + 0.03 + 0.1 * _RNG.randn(50)
TOP = np.array([-0.445, 0.041, -2.215])
WIDTH = np.array([0.033, 0.0154, 0.1])


def log_posterior(q: Array) -> tuple[float, Array]:
    """The lesson's log posterior of the line (m, b, log s), and its gradient."""
    m, b, log_s = np.asarray(q, dtype=np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        inverse, r = np.exp(-2 * log_s), Y - m * X - b
        value = -0.5 * inverse * (r @ r) - len(X) * log_s - 1.5 * np.log1p(m**2)
        slope = inverse * np.array([r @ X, np.sum(r), r @ r]) - [3 * m / (1 + m**2), 0, len(X)]
    return float(value), slope


def posterior_energy(q: Array, p: Array, variance: Array) -> float:
    """½ Σ variance p² - log π(q) of that posterior."""
    with np.errstate(all="ignore"):
        return float(0.5 * np.sum(variance * np.asarray(p) ** 2) - log_posterior(q)[0])


@dataclass(frozen=True)
class PosteriorSlope:
    """The gradient of the lesson's log posterior."""

    def __call__(self, q: Array) -> Array:
        """The gradient at q ``[3]``."""
        return log_posterior(q)[1]


# ---------------------------------------------------------------- flights


@dataclass(frozen=True)
class Flight:
    """The arguments of `leapfrog`."""

    gradient: Bell | Pull | PosteriorSlope
    q: Array
    p: Array
    step: float
    n: int
    variance: Array

    @property
    def arguments(self) -> tuple[object, Array, Array, float, int, Array]:
        """What the student's function gets."""
        return self.gradient, self.q, self.p, self.step, self.n, self.variance

    def to(self, **changed: object) -> Flight:
        """The same with other arguments."""
        return Flight(**{**self.__dict__, **changed})  # type: ignore[arg-type]


VARIANCES = st.sampled_from((4.0, 0.25, 1.0))
RATIOS = st.sampled_from((1.0, 0.5, 0.25))  # of the parameter's own variance to the one given
STEPS = st.sampled_from((0.1, 0.3, 0.5, 1.0, 1.5))


@st.composite
def _bells(draw: DrawFn, counts: tuple[int, ...], sizes: tuple[int, ...] = (1, 2, 3)) -> Flight:
    d = draw(st.sampled_from(sizes))
    variance = np.array([draw(VARIANCES) for _ in range(d)])
    curvature = tuple(float(draw(RATIOS) / v) for v in variance)
    q, p = (np.array([draw(TENTHS) for _ in range(d)]) for _ in range(2))
    return Flight(Bell(curvature), q, p, draw(STEPS), draw(st.sampled_from(counts)), variance)


@st.composite
def _pulls(draw: DrawFn, counts: tuple[int, ...], *, free: bool) -> Flight:
    d = draw(st.sampled_from((1, 2)))
    force = tuple(0.0 if free else draw(TENTHS) for _ in range(d))
    q, p = (np.array([draw(TENTHS) for _ in range(d)]) for _ in range(2))
    variance = np.array([draw(VARIANCES) for _ in range(d)])
    return Flight(Pull(force), q, p, draw(STEPS), draw(st.sampled_from(counts)), variance)


BELLS = _bells((1, 2, 3, 5, 8))
NO_STEPS = _bells((0,))
SEVEN = _bells((7,))
BALLS = _pulls((1, 2, 5), free=False)
FREE = _pulls((1, 2, 5), free=True)

_BASE = Flight(
    Bell((0.25, 2.0)), np.array([0.7, -1.2]), np.array([-0.4, 0.9]), 0.5, 3, np.array([4.0, 0.25])
)
# One flight, and flights that have all but one argument in common with it.
ALIKE = tuple(
    {"flight": flight}
    for flight in (
        _BASE,
        _BASE.to(p=np.array([0.8, 0.3])),
        _BASE.to(step=0.25),
        _BASE.to(step=-0.5),
        _BASE.to(n=4),
        _BASE.to(variance=np.array([1.0, 0.5])),
        _BASE.to(gradient=Bell((0.125, 1.0))),
        _BASE.to(q=np.array([1.7, -1.2])),
        _BASE.to(n=50, step=1.5),
        _BASE.to(q=np.array([1e6, -1e6]), p=np.array([1e-3, 2e6])),
        Flight(
            Bell((0.25, 2.0, 1.0, 0.5, 0.125)),
            np.array([0.7, -1.2, 0.4, 1.5, -0.9]),
            np.array([-0.4, 0.9, 1.1, -0.3, 0.6]),
            0.5,
            4,
            np.array([4.0, 0.25, 1.0, 1.0, 4.0]),
        ),
    )
)
DROPPED = tuple(
    {"flight": Flight(Pull(force), np.array(q), np.array(p), 0.1, 40, np.array(v))}
    for force, q, p, v in (
        ((-1.5,), [2.0], [0.3], [1.0]),
        ((-1.0, 0.5), [0.0, 1.0], [-0.5, 0.4], [4.0, 0.25]),
    )
)
ASTRAY = tuple(
    {"flight": Flight(PosteriorSlope(), TOP + WIDTH * place, np.array(p) / WIDTH, 0.1, 8, WIDTH**2)}
    for place, p in (
        (np.array([0.8, -0.5, 0.3]), [-0.6, 1.1, 0.4]),
        (np.array([-0.4, 0.9, 0.6]), [1.2, 0.3, -0.8]),
    )
)

# ---------------------------------------------------------------- momenta

MOMENTA = 1024  # of one call
SPREAD_OUT = np.array(
    [float(f"{v:.3g}") for v in 10 ** np.random.default_rng(11).uniform(-6, 6, MOMENTA)]
)


class Draw(NamedTuple):
    """The arguments of `sample_momentum`; the seed arrives as a fresh generator."""

    seed: int
    variance: Array

    @property
    def arguments(self) -> tuple[Seed, Array]:
        """What the student's function gets."""
        return Seed(self.seed), self.variance


@dataclass(frozen=True)
class LargeDraw:
    """A seed, with 1024 variances from 1e-6 to 1e6 that are always the same."""

    seed: int

    @property
    def variance(self) -> Array:
        """The variances ``[1024]``."""
        return SPREAD_OUT

    @property
    def arguments(self) -> tuple[Seed, Array]:
        """What the student's function gets."""
        return Seed(self.seed), SPREAD_OUT


LARGE_DRAWS = SEEDS.map(LargeDraw)


@st.composite
def _draws(draw: DrawFn) -> Draw:
    d = draw(st.sampled_from((1, 2, 3, 5)))
    variance = np.array([draw(st.sampled_from((4.0, 0.25, 1.0, 100.0, 1e-4))) for _ in range(d)])
    return Draw(draw(SEEDS), variance)


DRAWS = _draws()

# ---------------------------------------------------------------- steps of the sampler


@dataclass(frozen=True)
class BellHill:
    """Log density and gradient of independent normals about zero; `height` is that of the top."""

    curvature: Row
    height: float = 0.0

    def __call__(self, q: Array) -> tuple[float, Array]:
        """Value and gradient at q ``[d]``."""
        pull = np.array(self.curvature) * np.asarray(q)
        return float(self.height - 0.5 * np.asarray(q) @ pull), -pull


@dataclass(frozen=True)
class Plain:
    """A log density that is the same everywhere, and its gradient, zero."""

    height: float = 0.0

    def __call__(self, q: Array) -> tuple[float, Array]:
        """Value and gradient at q ``[d]``."""
        return self.height, 0.0 * np.asarray(q, dtype=np.float64)


@dataclass(frozen=True)
class Positive:
    """log q of one parameter. Below zero, where nothing may be, it is `below`."""

    below: float

    def __call__(self, q: Array) -> tuple[float, Array]:
        """Value and gradient at q ``[1]``."""
        place = float(np.asarray(q)[0])
        return (float(np.log(place)) if place > 0 else self.below), np.array([1 / place])


@dataclass(frozen=True)
class Posterior:
    """The lesson's log posterior, and its gradient."""

    def __call__(self, q: Array) -> tuple[float, Array]:
        """Value and gradient at q ``[3]``."""
        return log_posterior(q)


@dataclass(frozen=True)
class Start:
    """The arguments of `hmc_step`, but for u, which the claims choose."""

    target: BellHill | Plain | Positive | Posterior
    q: Array
    p: Array
    step: float
    n: int
    variance: Array

    def arguments(self, u: float) -> tuple[object, Array, Array, float, float, int, Array]:
        """What the student's function gets."""
        return self.target, self.q, self.p, u, self.step, self.n, self.variance

    @property
    def rest(self) -> tuple[object, Array, Array, float, int, Array]:
        """All but u."""
        return self.target, self.q, self.p, self.step, self.n, self.variance

    def to(self, **changed: object) -> Start:
        """The same with other arguments."""
        return Start(**{**self.__dict__, **changed})  # type: ignore[arg-type]


@st.composite
def _starts(draw: DrawFn, steps: tuple[float, ...], counts: tuple[int, ...]) -> Start:
    d = draw(st.sampled_from((1, 2, 3)))
    variance = np.array([draw(VARIANCES) for _ in range(d)])
    curvature = tuple(float(draw(RATIOS) / v) for v in variance)
    q, p = (np.array([draw(TENTHS) for _ in range(d)]) for _ in range(2))
    target = BellHill(curvature, draw(st.sampled_from((0.0, 2.0, -3.0))))
    return Start(
        target, q, p, draw(st.sampled_from(steps)), draw(st.sampled_from(counts)), variance
    )


STARTS = _starts((1.0, 1.5), (1, 2, 4))
_START = Start(
    BellHill((0.25, 4.0, 1.0), 1.5),
    np.array([0.4, 0.2, -0.3]),
    np.array([0.6, -2.6, 1.4]),
    1.5,
    1,
    np.array([4.0, 0.25, 1.0]),
)
# One start, and starts that have all but one argument in common with it; in most of them energy is
# gained, so that the end may be refused.
STARTS_ALIKE = tuple(
    {"start": start}
    for start in (
        _START,
        _START.to(p=np.array([-0.9, 1.5, 2.0])),
        _START.to(step=1.0),
        _START.to(n=4),
        _START.to(variance=np.array([2.0, 0.5, 1.0])),
        _START.to(target=BellHill((0.125, 2.0, 0.5))),
        _START.to(q=np.array([0.1, 0.1, 0.1])),
        Start(BellHill((1.0,)), np.array([0.1]), np.array([1.8]), 1.5, 1, np.array([1.0])),
        Start(
            BellHill((0.25, 4.0, 1.0, 0.5, 0.25), -2.0),
            np.array([0.4, 0.2, -0.3, 0.5, 1.0]),
            np.array([0.6, -2.6, 1.4, -0.8, 0.9]),
            1.0,
            10,
            np.array([4.0, 0.25, 1.0, 1.0, 4.0]),
        ),
        Start(Posterior(), TOP + 0.2 * WIDTH, np.array([1.3, 0.9, -1.6]) / WIDTH, 1.2, 2, WIDTH**2),
    )
)
FLAT = _starts((0.5, 1.0), (1, 2, 4)).map(lambda start: start.to(target=Plain()))
GLIDE = {
    "start": Start(Plain(), np.array([0.5, -1.0]), np.array([0.3, 2.0]), 0.5, 3, np.array([4.0, 1]))
}
BEYOND = tuple(
    {"start": Start(Positive(below), np.array([q]), np.array([p]), 0.5, 1, np.array([1.0]))}
    for below in (-np.inf, np.nan, np.inf)
    for q, p in ((0.5, -6.0), (1.0, -9.0))
)
DOWNHILL = tuple(
    {"start": Start(BellHill((1.0, 1.0)), np.array(q), np.array(p), 1.5, 1, np.ones(2))}
    for q, p in (([2.0, 1.5], [-0.3, 0.2]), ([-1.8, 2.2], [0.1, -0.4]))
)

# ---------------------------------------------------------------- turning round


@dataclass(frozen=True)
class Arc:
    """The arguments of `is_u_turn`: two moments of one flight, the first before the last."""

    q_first: Array
    p_first: Array
    q_last: Array
    p_last: Array

    @property
    def arguments(self) -> tuple[Array, Array, Array, Array]:
        """What the student's function gets."""
        return self.q_first, self.p_first, self.q_last, self.p_last

    @property
    def dots(self) -> tuple[float, float]:
        """The way from the first to the last place, times the momentum at either end."""
        way = self.q_last - self.q_first
        return float(way @ self.p_first), float(way @ self.p_last)


def circle(begin: float, angle: float) -> Arc:
    """A part of a unit circle, in half turns."""
    ends = np.pi * np.array([begin, begin + angle])
    (q0, q1), (p0, p1) = (
        np.array([np.cos(ends), np.sin(ends)]).T,
        np.array([-np.sin(ends), np.cos(ends)]).T,
    )
    return Arc(q0, p0, q1, p1)


def has_a_margin(arc: Arc) -> bool:
    """Whether neither dot product is nearly zero."""
    return min(abs(dot) for dot in arc.dots) > 0.02


@st.composite
def _arcs(draw: DrawFn) -> Arc:
    """Flights in a bowl with another frequency along each of three axes, to a hundredth."""
    rng = np.random.default_rng(draw(SEEDS))
    frequency, size, phase = rng.uniform(0.4, 1.6, 3), rng.uniform(0.3, 2, 3), rng.uniform(0, 6, 3)
    t = np.array([0.0, rng.uniform(0.5, 6)])[:, None]
    q = size * np.cos(frequency * t + phase)
    p = -size * frequency * np.sin(frequency * t + phase)
    return Arc(*(np.round(part, 2) for part in (q[0], p[0], q[1], p[1])))


ARCS = _arcs().filter(has_a_margin)


def _arc(*parts: list[float]) -> dict[str, Arc]:
    return {"arc": Arc(*(np.array(part) for part in parts))}


# Both turned, first alone, last alone, neither; each with other parameters leading.
ENDS = (
    _arc([0.0, 0.0, 0.0], [-1.0, 0.5, 0.2], [1.0, 0.5, -0.3], [-2.0, 1.0, 0.5]),
    _arc([0.0, 0.0, 0.0], [-1.0, 0.5, 0.2], [1.0, 0.5, -0.3], [2.0, -1.0, 0.5]),
    _arc([0.0, 0.0, 0.0], [2.0, -1.0, 0.2], [1.0, 0.5, -0.3], [-1.0, 0.5, 0.2]),
    _arc([0.0, 0.0, 0.0], [2.0, -1.0, 0.2], [1.0, 0.5, -0.3], [1.0, 1.0, 0.5]),
    _arc([1.0, 2.0], [-0.5, 2.0], [1.5, 2.5], [3.0, -0.4]),
    _arc([1.0, 2.0], [-3.0, 0.4], [1.5, 2.5], [-0.4, 3.0]),
    _arc([-1.0, 2.0], [0.4, -0.1], [1.5, -2.5], [-0.1, -0.4]),
    _arc([2.0], [-0.5], [1.0], [-0.01]),
    _arc([2.0], [-0.5], [1.0], [0.01]),
    _arc([3.0, 0.1], [0.01, 0.0], [4.0, 0.2], [0.02, 0.01]),
    _arc(  # the last two of five parameters decide
        [0.0, 0.0, 0.0, 0.0, 0.0],
        [1.0, 0.5, 0.2, -1.0, 0.5],
        [1.0, 0.5, 0.3, 2.0, -1.5],
        [1.0, 0.2, 0.5, 0.5, 0.4],
    ),
)
CIRCLES = tuple(
    {"arc": circle(begin, angle)}
    for begin in (0.0, 0.7)
    for angle in (0.25, 0.5, 0.9, 1.1, 1.5, 1.9)
)
PLAIN_CIRCLES = tuple({"arc": circle(0.2, angle)} for angle in (0.25, 1.5))
STRAIGHT = (
    _arc([0.0, 0.0], [1.0, 2.0], [3.0, 6.0], [1.0, 2.0]),
    _arc([-5.0, 1.0, 2.0], [-2.0, 0.5, 0.1], [-9.0, 2.0, 2.2], [-2.0, 0.5, 0.1]),
    _arc([1.0, 2.0], [0.5, -1.0], [1.0, 2.0], [0.5, -1.0]),
    # More of no length: with them, a function that errs there alone is told on which side it errs.
    _arc([0.5], [1.0], [0.5], [1.0]),
    _arc([-2.0], [-0.4], [-2.0], [-0.4]),
    _arc([0.0, 0.0], [2.0, 1.0], [0.0, 0.0], [2.0, 1.0]),
    _arc([3.0, -1.0, 0.5], [0.2, 0.3, -1.0], [3.0, -1.0, 0.5], [0.2, 0.3, -1.0]),
    _arc([1.0, 1.0, -4.0], [-1.0, 0.5, 0.5], [1.0, 1.0, -4.0], [-1.0, 0.5, 0.5]),
)
WHOLE = (  # places that are whole numbers
    _arc([1.0, 3.0, 4.0], [-2.0, -1.6, -2.0], [4.0, 4.0, 1.0], [0.6, 0.1, 0.5]),
    _arc([8.0, 2.0, 8.0], [-0.8, -0.1, 0.4], [7.0, 2.0, 5.0], [1.5, 1.7, -1.7]),
    _arc([7.0, 2.0, 5.0], [-1.6, 0.9, -0.8], [6.0, 4.0, 6.0], [-1.7, -0.9, -0.6]),
    _arc([5.0, 7.0, 6.0], [-0.5, 1.6, 0.2], [7.0, 7.0, 6.0], [1.2, -1.6, -1.3]),
    _arc([1.0, 3.0, 4.0], [1.0, -0.2, -0.5], [4.0, 4.0, 1.0], [0.6, 0.1, 0.5]),
)
