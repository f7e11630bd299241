"""The inputs on which the claims about outliers are tried: small data sets, the paper's table.

>>> len(TABLE.x), len(SIXTEEN.x)
(20, 16)
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

SEEDS = st.integers(0, 2**31)


def tenths(limit: float = 5.0) -> SearchStrategy[float]:
    """Numbers with one decimal from -limit to limit."""
    whole = round(10 * limit)
    return st.integers(-whole, whole).map(lambda k: k / 10)


TENTHS = tenths()
SIGMAS = st.sampled_from((1.0, 0.5, 2.0, 0.2))

# ---------------------------------------------------------------- points with error bars


class Points(NamedTuple):
    """The arguments of `fit_weighted`: data and their error bars, ``[n]`` each."""

    x: Array
    y: Array
    sigma_y: Array


def _floats(*numbers: int) -> Array:
    return np.array(numbers, dtype=np.float64)


# fmt: off
TABLE = Points(  # D. W. Hogg, J. Bovy & D. Lang 2010, arXiv:1008.4686, table 1
    _floats(201, 244, 47, 287, 203, 58, 210, 202, 198, 158,
            165, 201, 157, 131, 166, 160, 186, 125, 218, 146),
    _floats(592, 401, 583, 402, 495, 173, 479, 504, 510, 416,
            393, 442, 317, 311, 400, 337, 423, 334, 533, 344),
    _floats(61, 25, 38, 15, 21, 15, 27, 14, 30, 16, 14, 25, 52, 16, 34, 31, 42, 26, 16, 22),
)
# fmt: on
SIXTEEN = Points(*(part[4:] for part in TABLE))
PUBLISHED = (  # points, and (m, its error, b, its error) as printed in the paper
    {"data": SIXTEEN, "printed": (2.24, 0.11, 34.0, 18.0)},
    {"data": TABLE, "printed": (1.08, 0.08, 213.0, 14.0)},
)


@st.composite
def _points(draw: DrawFn, sizes: tuple[int, ...]) -> Points:
    n = draw(st.sampled_from(sizes))
    if n > 6:
        rng = np.random.default_rng(draw(SEEDS))
        x, y = np.round(rng.uniform(-3, 5, n), 1), np.round(rng.uniform(-5, 5, n), 1)
        return Points(x, y, np.round(rng.uniform(0.2, 2, n), 1))
    x, y = (np.array([draw(TENTHS) for _ in range(n)]) for _ in range(2))
    return Points(x, y, np.array([draw(SIGMAS) for _ in range(n)]))


def can_be_fitted(points: Points) -> bool:
    """Whether x differ by more than 0.4, their mean is off zero, and error bars are unequal."""
    x, _, sigma = points
    apart = float(np.min(np.diff(np.sort(x)))) if len(x) <= 6 else float(np.std(x))
    return apart > 0.4 and abs(np.mean(x)) > 0.2 and len(set(sigma.tolist())) > 1


_RNG = np.random.default_rng(60)
SIXTY = Points(  # more than the table has
    np.round(_RNG.uniform(-3, 5, 60), 1),
    np.round(_RNG.uniform(-5, 5, 60), 1),
    np.round(_RNG.uniform(0.2, 2, 60), 1),
)

POINTS = _points((3, 4, 20)).filter(can_be_fitted)
TWO = _points((2,)).filter(can_be_fitted)

# ---------------------------------------------------------------- the mixture


class Mixture(NamedTuple):
    """The arguments of `mixture_log_like`: data ``[n]``, and five numbers."""

    x: Array
    y: Array
    sigma_y: Array
    m: float
    b: float
    logit_p: float
    y_b: float
    log_s_b: float

    @property
    def theta(self) -> tuple[float, ...]:
        """The five parameters."""
        return tuple(self[3:])


@st.composite
def _mixtures(draw: DrawFn, sizes: tuple[int, ...]) -> Mixture:
    points = draw(_points(sizes))
    numbers = draw(tenths(2.0)), draw(TENTHS), draw(tenths(3.0)), draw(TENTHS), draw(tenths(1.5))
    return Mixture(*points, *numbers)


def has_two_kinds(mixture: Mixture) -> bool:
    """Whether bad and good differ, s_b too is not one, and p is not one half."""
    x, _, _, m, b, logit_p, y_b, log_s_b = mixture
    apart = float(np.min(np.abs(m * x + b - y_b))) > 0.1
    return apart and abs(log_s_b) > 0.1 and abs(logit_p) > 0.3 and abs(m) > 0.1


MIXTURES = _mixtures((1, 2, 3, 20)).filter(has_two_kinds)
SEVERAL = _mixtures((2, 3)).filter(has_two_kinds)


def _one(
    off: float, sigma: float, logit_p: float, log_s_b: float = 0.5, far: float = 2.0
) -> Mixture:
    """Two points: one that is `off` above the line, and one that is 0.3 below it."""
    x = np.array([0.5, 1.5])
    y = x + np.array([off, -0.3])
    return Mixture(x, y, np.full(2, sigma), 1.0, 0.0, logit_p, far, log_s_b)


LONG = {"mixture": Mixture(*SIXTY, 0.7, -0.4, -0.8, 2.5, 0.6)}

TABLE_AT = (2.2, 40.0, -1.0, 450.0, 4.5)
ON_THE_TABLE = Mixture(*TABLE, *TABLE_AT)
EXTREME = tuple(
    {"mixture": mixture}
    for mixture in (
        _one(1e4, 1.0, -1.0),  # exp(-z²/2) is zero for either kind
        _one(1e4, 1e-8, -2.0),
        _one(0.7, 1.0, 40.0),  # 1 - p is zero in float64
        _one(0.7, 1.0, -40.0),
        _one(0.7, 0.5, 1000.0),  # p is one, and 1 - p is exp(-1000)
        _one(0.7, 0.5, -1000.0),
        _one(1e4, 1.0, -1000.0),
        _one(0.7, 1.0, 40.0, far=1e4),  # bad is impossible although p is one
        _one(0.7, 1.0, -1.0, log_s_b=-800.0),
        _one(0.7, 1.0, 1.0, log_s_b=12.0),
        Mixture(  # far from zero
            np.array([0.5, 1.5, 3.0]),
            1e6 + np.array([0.7, -0.4, 5.0]),
            np.array([1.0, 0.5, 1.0]),
            *(-0.5, 1e6, -1.0, 1e6 + 3.0, 0.5),
        ),
        ON_THE_TABLE,
        ON_THE_TABLE._replace(logit_p=1.5, m=1.1, b=210.0),
    )
)

# ---------------------------------------------------------------- draws of the five parameters


class Drawn(NamedTuple):
    """The arguments of `outlier_probability`: data ``[n]``, draws (m, b, …) ``[k, 5]``."""

    x: Array
    y: Array
    sigma_y: Array
    draws: Array


@st.composite
def _drawn(draw: DrawFn, ks: tuple[int, ...], sizes: tuple[int, ...] = (1, 2, 3, 20)) -> Drawn:
    points = draw(_points(sizes))
    numbers = tenths(2.0), TENTHS, tenths(3.0), TENTHS, tenths(1.5)
    rows = [[draw(part) for part in numbers] for _ in range(draw(st.sampled_from(ks)))]
    return Drawn(*points, np.array(rows))


def is_undecided(drawn: Drawn) -> bool:
    """Whether in the first draw good and bad compete at some point, and draws differ."""
    x, y, sigma, draws = drawn
    m, b, logit_p, y_b, log_s_b = draws[0]
    variance = sigma**2 + np.exp(2 * log_s_b)
    good = -0.5 * ((y - m * x - b) / sigma) ** 2 - np.log(sigma)
    odds = logit_p - 0.5 * (y - y_b) ** 2 / variance - 0.5 * np.log(variance) - good
    apart = len(draws) == 1 or bool(np.all(np.ptp(draws, axis=0) > 0.3))
    return apart and bool(np.min(np.abs(odds)) < 3) and abs(logit_p) > 0.3 and abs(log_s_b) > 0.2


DRAWN = _drawn((2, 3, 5)).filter(is_undecided)
ONE_DRAW = _drawn((1,)).filter(is_undecided)
SHUFFLED = _drawn((2, 3), (3, 20)).filter(is_undecided)

MANY_DRAWS = {
    "drawn": Drawn(
        *SIXTY,
        np.round(np.array([0.5, 1.0, -0.5, 2.0, 0.3]) + _RNG.uniform(-1, 1, (40, 5)), 1),
    )
}

NEAR_THE_PAPER = np.array(
    [
        [2.24, 34.0, -1.0, 450.0, 4.5],
        [2.1, 60.0, -1.5, 430.0, 4.8],
        [2.35, 15.0, -0.5, 480.0, 4.3],
    ]
)
ON_TABLE = tuple({"drawn": Drawn(*TABLE, NEAR_THE_PAPER[:k])} for k in (1, 3))

_LINE = np.array([[1.0, 0.0, -1.0, 2.0, 0.5], [1.1, 0.2, -2.0, 3.0, 1.0]])
_BAD_IS_FAR = np.array([[1.0, 0.0, 0.5, -1e5, 1.0], [0.9, 0.1, -0.5, 1e5, 0.0]])
FAR = tuple(
    {"drawn": Drawn(np.array(x), np.array(y), np.array(sigma), draws)}
    for x, y, sigma, draws in (
        ([0.5, 1.5], [1e4, 1.2], [1.0, 1.0], _LINE),
        ([0.5, 1.5], [-3e3, 1e4], [1e-3, 0.5], _LINE),
        ([0.5, 1.5], [70.0, 1.2], [1.0, 0.5], _BAD_IS_FAR),
    )
)
CERTAIN = tuple(
    {"drawn": Drawn(np.array([0.5, 2.5]), np.array([2.0, 2.4]), np.array([1.0, 0.5]), draws)}
    for draws in (
        _LINE * [1, 1, 0, 1, 1] + [0, 0, -1000.0, 0, 0],
        _LINE * [1, 1, 0, 1, 1] + [0, 0, 1000.0, 0, 0],
        _LINE * [1, 1, 0, 1, 1] + [0, 0, 40.0, 0, 0],
    )
)

# ---------------------------------------------------------------- faked data

MANY = 800
X = np.linspace(-2.0, 4.0, 20)
SIGMA = np.tile([0.5, 1.0, 2.0, 0.2], 5)
AWAY = 1e4  # where bad points are, so that nobody takes one for a good one


@dataclass(frozen=True)
class Fakes:
    """The arguments of `replicate`: a seed, x and error bars ``[n]``, draws ``[k, 5]``."""

    seed: int
    x: Array
    sigma_y: Array
    draws: Array

    @property
    def arguments(self) -> tuple[Seed, Array, Array, Array]:
        """What the student's function gets; the seed arrives as a fresh generator."""
        return Seed(self.seed), self.x, self.sigma_y, self.draws

    @property
    def lines(self) -> Array:
        """Each draw's line at each x, ``[k, n]``."""
        return self.draws[:, :1] * self.x + self.draws[:, 1:2]


def many(
    m: float, b: float, logit_p: float, y_b: float, log_s_b: float, *, spread: float = 0.0
) -> SearchStrategy[Fakes]:
    """Many draws, whose lines and y_b differ from row to row by up to `spread`; seeds differ."""
    rows = np.tile([m, b, logit_p, y_b, log_s_b], (MANY, 1)).astype(np.float64)
    steps = np.linspace(-1, 1, MANY)
    rows[:, 0] += 0.5 * np.cos(7 * steps)
    rows[:, 1] += spread * steps
    rows[:, 3] += spread * steps[::-1]
    return SEEDS.map(lambda seed: Fakes(seed, X, SIGMA, rows))


ALL_GOOD = many(1.0, 2.0, -1000.0, 30.0, 0.5)
ALL_BAD = many(1.0, 2.0, 1000.0, 30.0, 0.7)
SPREAD_OUT = many(1.0, 0.0, -1000.0, 30.0, 0.5, spread=1e4)
HALF = many(1.0, 2.0, 0.0, AWAY, 0.5)
A_FIFTH = many(1.0, 2.0, -1.4, AWAY, 0.5)


def _with_a_p_of_its_own(fakes: Fakes) -> Fakes:
    """The same lines; p is nearly 0 in every other row, and nearly 1 in those between."""
    draws = fakes.draws.copy()
    draws[::2, 2], draws[1::2, 2] = -60.0, 60.0
    return Fakes(fakes.seed, fakes.x, fakes.sigma_y, draws)


NONE_OR_ALL = HALF.map(_with_a_p_of_its_own)


@st.composite
def _few(draw: DrawFn) -> Fakes:
    drawn = draw(_drawn((2, 3), (3, 4)))
    return Fakes(draw(SEEDS), drawn.x, drawn.sigma_y, drawn.draws)


FEW = _few()
