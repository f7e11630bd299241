"""The inputs on which the claims about chains and schools are tried.

Chains are fixed numbers: made from a seed, rounded, and handed over. No chance enters a claim.

>>> remembering(np.random.default_rng(1), 0.9, 4).shape
(4,)
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from numpy.typing import NDArray

Array = NDArray[np.float64]

SEEDS = st.integers(0, 2**31)


def tenths(limit: float = 5.0) -> SearchStrategy[float]:
    """Numbers with one decimal from -limit to limit."""
    whole = round(10 * limit)
    return st.integers(-whole, whole).map(lambda k: k / 10)


TENTHS = tenths()
POSITIVE = st.integers(5, 50).map(lambda k: k / 10)


def remembering(rng: np.random.Generator, phi: float, n: int) -> Array:
    """A chain ``[n]`` that keeps the share phi of where it was, of width about one."""
    noise, chain = np.sqrt(1 - phi**2) * rng.standard_normal(n), [float(rng.standard_normal())]
    for kick in noise[1:].tolist():
        chain.append(phi * chain[-1] + kick)
    return np.round(chain, 3)


# ---------------------------------------------------------------- series, to be correlated


def is_lopsided(x: Array) -> bool:
    """Whether it varies, and neither its mean nor its median is close to zero or to the other."""
    mean, middle = np.mean(x), np.median(x)
    apart = len(x) == 2 or abs(mean - middle) > 0.05
    return bool(np.std(x) > 0.3 and abs(mean) > 0.2 and apart)


@st.composite
def _series(draw: DrawFn) -> Array:
    n = draw(st.sampled_from((2, 3, 4, 5, 7, 8, 40)))
    if n > 8:
        rng = np.random.default_rng(draw(SEEDS))
        return np.round(remembering(rng, 0.8, n) + draw(TENTHS), 1)
    return np.array([draw(TENTHS) for _ in range(n)])


SERIES = _series().filter(is_lopsided)
ALTERNATING = {"x": np.array([1.0, -1.0, 1.0, -1.0])}
LONG_SERIES = SEEDS.map(lambda seed: remembering(np.random.default_rng(seed), 0.9, 4096) + 2.0)

FAST_AND_SLOW = SEEDS.map(
    lambda seed: tuple(remembering(np.random.default_rng(seed), phi, 2000) for phi in (0.0, 0.95))
)

# ---------------------------------------------------------------- chains, to be summed up

# A window is where M first reaches 5 τ(M). Where the two are equal to 1e-12, rounding would decide:
# of such random numbers, in one series of some 1e12.


@st.composite
def _chains_of_one(draw: DrawFn, sizes: tuple[int, ...]) -> Array:
    phi = draw(st.sampled_from((-0.5, 0.0, 0.5, 0.9, 0.97)))
    rng = np.random.default_rng(draw(SEEDS))
    return remembering(rng, phi, draw(st.sampled_from(sizes))) + draw(TENTHS)


CHAINS = _chains_of_one((60, 200, 1000, 4000))
# A window of some 2000 lags, where most of CHAINS need a few dozen.
LONG_MEMORY = {"x": remembering(np.random.default_rng(5), 0.995, 6000) + 2.0}
SHORT_CHAINS = _chains_of_one((20, 30, 60))
PATTERNS = tuple(
    {"x": np.array(x, dtype=float)}
    for x in (range(40), range(7), (1, -1, 1, -1), (3, 1, 3, 1, 3, 1, 3, 1), (0, 0, 0, 1, 0, 0))
)


@st.composite
def _repeated(draw: DrawFn) -> Array:
    rng = np.random.default_rng(draw(SEEDS))
    return remembering(rng, draw(st.sampled_from((0.5, 0.8))), 800)


REPEATED = _repeated()

# ---------------------------------------------------------------- several chains


@st.composite
def _many(draw: DrawFn, sizes: tuple[int, ...], least: int = 1, most: int = 4) -> Array:
    m = draw(st.integers(least, most))
    n = draw(st.sampled_from(sizes))
    rng = np.random.default_rng(draw(SEEDS))
    kinds = draw(st.permutations((0.0, 0.5, 0.9, 0.8)))
    columns = [remembering(rng, kinds[k], n) + draw(tenths(1.0)) for k in range(m)]
    return np.stack(columns, axis=1) + draw(st.sampled_from((-3.0, 2.0, 5.0)))


MANY = _many((60, 200))
SEVERAL = _many((60, 200), least=2)
ONE = _many((60, 200), most=1)


def _chains_in_turn(m: int, n: int) -> Array:
    """Chains ``[n, m]`` of which each remembers longer than the one before it."""
    rng = np.random.default_rng(m)
    columns = [remembering(rng, phi, n) for phi in np.linspace(0.0, 0.9, m)]
    return np.stack(columns, axis=1) + np.round(rng.uniform(-1, 1, m), 1) + 2.0


SIX = {"chain": _chains_in_turn(6, 200)}
EIGHT = {"chains": _chains_in_turn(8, 300)}

# ---------------------------------------------------------------- chains, to be compared


@st.composite
def _short(draw: DrawFn) -> Array:
    n, m = draw(st.sampled_from((4, 6, 8))), draw(st.integers(1, 4))
    rows = [[draw(TENTHS) for _ in range(m)] for _ in range(n)]
    return np.array(rows)


def halves_differ(chains: Array) -> bool:
    """Whether every half varies, and the halves are not all alike."""
    h = len(chains) // 2
    halves = np.concatenate([chains[:h], chains[h:]], axis=1)
    spread = np.std(halves, axis=0)
    return bool(np.min(spread) > 0.3 and np.std(np.mean(halves, axis=0)) > 0.1)


TABLES = _short().filter(halves_differ)


@st.composite
def _drifting(draw: DrawFn) -> Array:
    rng = np.random.default_rng(draw(SEEDS))
    n, m = draw(st.sampled_from((40, 100))), draw(st.integers(1, 4))
    rise = np.linspace(-1.5, 1.5, n)[:, None]
    return np.round(rng.standard_normal((n, m)) + rise, 1)


@st.composite
def _one_elsewhere(draw: DrawFn) -> Array:
    rng = np.random.default_rng(draw(SEEDS))
    n, m = draw(st.sampled_from((40, 100))), draw(st.integers(2, 5))
    chains = rng.standard_normal((n, m))
    chains[:, draw(st.integers(0, m - 1))] += draw(st.sampled_from((2.0, -2.0, 4.0)))
    return np.round(chains, 1)


DRIFTING = _drifting()
ONE_ELSEWHERE = _one_elsewhere()

# ---------------------------------------------------------------- schools


class Schools(NamedTuple):
    """The arguments of `noncentred_log_prob`: effects and their errors ``[k]``, parameters."""

    y: Array
    sigma: Array
    mu: float
    log_tau: float
    z: Array

    @property
    def home(self) -> Schools:
        """The same data at the place to which differences are taken: the constant is free."""
        return self._replace(mu=0.3, log_tau=0.2, z=0.1 + 0.2 * np.arange(len(self.y)))

    @property
    def reversed(self) -> Schools:
        """The same schools in the other order."""
        return self._replace(y=self.y[::-1], sigma=self.sigma[::-1], z=self.z[::-1])


LOG_TAUS = st.sampled_from((0.0, 0.5, -0.5, 1.0, -1.0, 2.0, -3.0))


@st.composite
def _schools(draw: DrawFn, sizes: tuple[int, ...] = (1, 2, 3, 8)) -> Schools:
    k = draw(st.sampled_from(sizes))
    y, z = (np.array([draw(tenths(limit)) for _ in range(k)]) for limit in (10.0, 2.0))
    sigma = np.array([draw(POSITIVE) for _ in range(k)])
    return Schools(y, sigma, draw(TENTHS), draw(LOG_TAUS), z)


def are_off(schools: Schools) -> bool:
    """Whether every school is off its effect, and no parameter is zero."""
    theta = schools.mu + np.exp(schools.log_tau) * schools.z
    parameters = np.abs([schools.mu, *schools.z])
    return bool(np.min(np.abs(schools.y - theta)) > 0.2 and np.min(parameters) > 0.05)


SCHOOLS = _schools().filter(are_off)
PAIRS = _schools((2, 3)).filter(are_off)
ONE_SCHOOL = _schools((1,)).filter(are_off)
_RNG = np.random.default_rng(30)
THIRTY = {
    "schools": Schools(
        np.round(_RNG.uniform(-10, 10, 30), 1),
        np.round(_RNG.uniform(0.5, 5, 30), 1),
        1.2,
        0.5,
        np.round(_RNG.uniform(-2, 2, 30), 1),
    )
}
EXTREMES = tuple(
    {
        "schools": Schools(
            np.array([28.0, 8.0, -3.0]), np.array([15.0, 10.0, 16.0]), mu, log_tau, np.array(z)
        )
    }
    for mu, log_tau, z in (
        (4.0, -30.0, (1.0, -2.0, 0.5)),
        (-40.0, -30.0, (30.0, 0.1, -0.5)),
        (4.0, 6.0, (1.0, -2.0, 0.5)),
        (2.0, 6.0, (0.04, -0.01, 0.02)),
    )
)
