"""The inputs that the worksheet's claims are tried on.

Two kinds are mixed. *Gentle* ones are short and made of numbers with one decimal, which is what
a failing input is shrunk to. *Wild* ones come from a seeded generator and go to extremes: scales
from 1e-13 to 1e11, residuals of up to 10,000 s, offsets of 1000 times the signal, unsorted and
repeated x. Few lengths are used, because a compiled function is compiled once for each.

Claims that take one and the same strategy object are tried on the same inputs, and a question that
several of them put is put once: `LINES`, `TAME` and their kin are shared for that reason.

>>> from hypothesis import find
>>> from .inputs import lines
>>> find(lines(tame=True), lambda line: line.s > 1).s   # the simplest line with s above one
2.0
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from numpy.typing import NDArray

Array = NDArray[np.float64]

SIZES = (2, 24)  # their halves are data too


class Line(NamedTuple):
    """The arguments of `tf_log_like`: data ``[n]``, slope, intercept, scale."""

    x: Array
    y: Array
    m: float
    b: float
    s: float

    @property
    def log(self) -> LogLine:
        """The same line by log s."""
        return LogLine(self.x, self.y, self.m, self.b, float(np.log(self.s)))


class LogLine(NamedTuple):
    """The arguments of `log_prob`: data ``[n]``, slope, intercept, log of the scale."""

    x: Array
    y: Array
    m: float
    b: float
    log_s: float


class Fit(NamedTuple):
    """The arguments of `fit_line`: data ``[n]`` and a starting point (m, b, log s)."""

    x: Array
    y: Array
    theta0: Array


class Chains(NamedTuple):
    """A recipe for the arguments of `sampling_efficiency`; `chain_of` makes the chain.

    phi has one lag-one autocorrelation for each parameter; seed starts the generator.
    """

    steps: int
    walkers: int
    phi: tuple[float, ...]
    seed: int
    seconds: float


SEEDS = st.integers(0, 2**32 - 1)
SCALES = st.sampled_from((1.0, 2.0, 0.5, 0.1, 10.0))


def decimals(limit: float = 5.0) -> SearchStrategy[float]:
    """Numbers with one decimal from -limit to limit."""
    tenths = round(10 * limit)
    return st.integers(-tenths, tenths).map(lambda k: k / 10)


DECIMALS = decimals()


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
    if rng.uniform() < 0.5:
        x[n // 2 :] = x[: n - n // 2]
    m = unit / span * rng.normal()
    b = unit * rng.normal() * 10.0 ** rng.choice([0, 0, 3])
    s = unit * 10.0 ** rng.uniform(-3, 1)
    y = m * x + b + s * rng.normal(size=n) * 10.0 ** rng.choice([0, 0, 1, 4])
    return Line(x, y, m, b, s)


def off_the_line(line: Line) -> bool:
    """Whether some point is off the line, by more than rounding."""
    rest = line.y - (line.m * line.x + line.b)
    return bool(np.max(np.abs(rest)) > 0.01 * line.s)


def lines(sizes: tuple[int, ...] = SIZES, *, tame: bool = False) -> SearchStrategy[Line]:
    """Lines with data of the given sizes; with points off the line, so that slopes exist.

    tame: gentle ones only, whose numbers differ by less than a thousand.
    """
    gentle = _gentle(sizes)
    if not tame:
        wild = st.builds(_wild, SEEDS, st.sampled_from(sizes))
        gentle = gentle | wild | wild  # the gentle ones are what is shrunk to; two in three go far
    return gentle.filter(off_the_line)


def log_lines(sizes: tuple[int, ...] = SIZES, *, tame: bool = False) -> SearchStrategy[LogLine]:
    """The same by log s."""
    return lines(sizes, tame=tame).map(lambda line: line.log)


LINES, LOG_LINES = lines(), log_lines()
TAME, LOG_TAME = lines((1, 2), tame=True), log_lines((1, 2), tame=True)


def slopes() -> SearchStrategy[float]:
    """Slopes other than zero: simple ones, and from 1e-8 to 1e6 of both signs."""
    wide = st.builds(
        lambda seed, sign: sign * float(10.0 ** np.random.default_rng(seed).uniform(-8, 6)),
        SEEDS,
        st.sampled_from((1.0, -1.0)),
    )
    return decimals(10.0).filter(bool) | wide


SLOPES = slopes()


DIGITS = 3  # after the point: a hundredth of the smallest s, exp(-3), and no ties but by chance


def line_to_fit(seed: int, n: int) -> Fit:
    """Data of n points around a line, and a starting point in its neighbourhood."""
    rng = np.random.default_rng(seed)
    m, b = rng.normal(size=2)
    log_s = rng.uniform(-3.0, -1.0)
    x = 0.5 * rng.normal() + 10.0 ** rng.uniform(-0.1, 0.2) * rng.uniform(-1, 1, n)
    y = m * x + b + np.exp(log_s) * rng.normal(size=n)
    start = np.array([m, b, log_s]) + [0.3, 0.3, 0.0] * rng.normal(size=3)
    start[2] += rng.uniform(0.0, 1.0)
    return Fit(*(np.round(values, DIGITS) for values in (x, y, start)))  # short enough to be read


def fits() -> SearchStrategy[Fit]:
    """Data of 12 or 24 points around a line, and a starting point in its neighbourhood."""
    return st.builds(line_to_fit, SEEDS, st.sampled_from((12, 24)))


FITS = fits()


def chains(steps: int, walkers: int, phi: tuple[float, ...]) -> SearchStrategy[Chains]:
    """Recipes for chains of one shape, whose autocorrelation times are known."""
    return st.builds(
        lambda seed, seconds: Chains(steps, walkers, phi, seed, seconds),
        SEEDS,
        st.sampled_from((1.5, 0.25, 60.5)),  # whole seconds hide a rounding
    )


@lru_cache(maxsize=32)
def chain_of(recipe: Chains) -> Array:
    """The chain ``[steps, walkers, d]``: AR(1) in each parameter, stationary from the start.

    x[t + 1] = phi x[t] + noise, whose autocorrelation time is (1 + phi) / (1 - phi); mean and
    spread differ by parameter and neither is the other's power of ten.
    """
    rng = np.random.default_rng(recipe.seed)
    chain = np.empty((recipe.steps, recipe.walkers, len(recipe.phi)))
    for k, phi in enumerate(recipe.phi):
        noise = rng.normal(size=chain.shape[:2])
        noise[1:] *= np.sqrt(1.0 - phi**2)
        for before, now in pairwise(noise):
            now += phi * before
        chain[..., k] = (k - 2.2) + 0.03 * (k + 1) * noise
    chain.flags.writeable = False
    return chain
