"""The inputs on which the claims about posteriors are tried.

The log densities that a student's function gets are in the lesson's own `densities.py`, which
students have: they go there by name. `truth.py` knows the closed forms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from numpy.typing import NDArray

from course_lib.claims import Named, Seed

Array = NDArray[np.float64]

SEEDS = st.integers(0, 2**31)


def tenths(limit: float = 5.0) -> SearchStrategy[float]:
    """Numbers with one decimal from -limit to limit."""
    whole = round(10 * limit)
    return st.integers(-whole, whole).map(lambda k: k / 10)


TENTHS = tenths()
POSITIVE = st.integers(1, 50).map(lambda k: k / 10)

# ---------------------------------------------------------------- changes of variables


@dataclass(frozen=True)
class Change:
    """The arguments of `change_variables`: names of a density and an inverse, a place ``[d]``."""

    density: str
    inverse: str
    y: Array

    @property
    def arguments(self) -> tuple[Named, Named, Array]:
        """What the student's function gets: functions of the lesson's `densities.py`."""
        return Named("densities", self.density), Named("densities", self.inverse), self.y


def changes(density: str, inverse: str, *parts: SearchStrategy[float]) -> SearchStrategy[Change]:
    """Places made of these parts."""
    return st.tuples(*parts).map(lambda y: Change(density, inverse, np.array(y)))


LOG_NORMALS = changes("standard_normal", "log_of", POSITIVE)
CAUCHY = changes("uniform_angle", "angle_of", TENTHS)
MIRRORED = changes("standard_normal", "mirrored", TENTHS, TENTHS)
ROTATED = changes("standard_normal", "rotated", TENTHS, TENTHS)
LINES = changes("uniform_angle_and_offset", "angle_and_offset_of", TENTHS, TENTHS)
FUNNEL = changes("standard_normal", "unfunnelled", TENTHS, TENTHS, TENTHS)
POLAR = changes("standard_normal", "from_polar", POSITIVE, TENTHS)
ITSELF = changes("standard_normal", "itself", TENTHS, TENTHS)
TWO_LOGS = changes("standard_normal", "log_of", POSITIVE, POSITIVE)
BENT = CAUCHY | ROTATED | LINES | FUNNEL | POLAR | TWO_LOGS

FORTY = (
    {"change": Change("standard_normal", "forty_scales", 10.0 ** -np.linspace(-10, 10, 40))},
    {"change": Change("standard_normal", "thirty_small_scales", np.full(30, 1e11))},
)

# ---------------------------------------------------------------- the lighthouse


class Flashes(NamedTuple):
    """The arguments of `lighthouse_log_prob`: where flashes met the shore ``[n]``, two numbers."""

    x: Array
    alpha: float
    log_beta: float


LOG_BETAS = st.sampled_from((0.0, 0.5, -0.5, 1.0, -1.0, 2.0))


@st.composite
def _flashes(draw: DrawFn) -> Flashes:
    n = draw(st.sampled_from((1, 2, 3, 24)))
    if n > 3:
        x = np.round(5 * np.random.default_rng(draw(SEEDS)).standard_cauchy(n), 1)
    else:
        x = np.array([draw(TENTHS) for _ in range(n)])
    return Flashes(x, draw(TENTHS), draw(LOG_BETAS))


FLASHES = _flashes()
FAR_FLASHES = tuple(
    {"flashes": Flashes(np.array(x), alpha, log_beta)}
    for x, alpha, log_beta in (
        ([1e8], 0.0, 0.0),
        ([1e8, -3.0], 2.0, 8.0),
        ([0.5, 0.25], 0.5, -5.0),
        ([1.0, 2.0, 1e4], 1.5, -5.0),
    )
)

# ---------------------------------------------------------------- a walk between states


class States(NamedTuple):
    """The arguments of `transition_matrix`: weights ``[n]``, proposals ``[n, n]``."""

    p: Array
    proposal: Array


@st.composite
def _states(draw: DrawFn, sizes: tuple[int, ...] = (2, 3, 4), *, holes: bool = False) -> States:
    n = draw(st.sampled_from(sizes))
    p = np.array([draw(st.integers(1, 9)) for _ in range(n)], dtype=float)
    rows = np.array([[draw(st.integers(1, 9)) for _ in range(n)] for _ in range(n)], dtype=float)
    if holes:
        rows[0, n - 1] = 0.0
        rows[1, 1] = 0.0
    return States(p / np.sum(p), rows / np.sum(rows, axis=1, keepdims=True))


def is_lopsided(states: States) -> bool:
    """Whether proposals there and back differ, and so do all weights."""
    p, q = states
    flow = p[:, None] * q
    upper = np.triu_indices(len(p), 1)
    return len(set(p.tolist())) == len(p) and bool(np.min(np.abs(flow - flow.T)[upper]) > 0.01)


STATES = _states().filter(is_lopsided)
HOLES = _states((3, 4), holes=True)
SWAP = {"states": States(np.array([0.3, 0.7]), np.array([[0.0, 1.0], [1.0, 0.0]]))}
RING = {"states": States(np.array([0.2, 0.3, 0.5]), np.roll(np.eye(3), 1, axis=1))}
# Three towns along a road and six around a lake: most pairs are proposed in neither direction.
ROAD = {
    "states": States(
        np.array([0.2, 0.3, 0.5]), np.array([[0.5, 0.5, 0.0], [0.3, 0.5, 0.2], [0.0, 0.4, 0.6]])
    )
}
LAKE = {
    "states": States(
        np.array([0.1, 0.2, 0.1, 0.3, 0.1, 0.2]),
        0.7 * np.roll(np.eye(6), 1, axis=1) + 0.3 * np.roll(np.eye(6), -1, axis=1),
    )
}
BY_HAND = {
    "states": States(
        np.array([0.5, 0.3, 0.2]), np.array([[0.2, 0.5, 0.3], [0.4, 0.4, 0.2], [0.1, 0.6, 0.3]])
    )
}

# ---------------------------------------------------------------- a walk on a line


@dataclass(frozen=True)
class Squares:
    """A log density that stays with the grader, so that it can count: -½ Σ (q / width)²."""

    width: float

    def __call__(self, q: Array) -> float:
        """The log density at q ``[d]``, up to a constant."""
        return float(-0.5 * np.sum((np.asarray(q) / self.width) ** 2))


@dataclass(frozen=True)
class Walk:
    """The arguments of `metropolis`; `target` is a function of `densities.py`, by name."""

    seed: int
    target: str
    start: Array
    scale: float
    steps: int

    @property
    def arguments(self) -> tuple[Seed, Named, Array, float, int]:
        """What the student's function gets; the seed arrives as a fresh generator."""
        return Seed(self.seed), Named("densities", self.target), self.start, self.scale, self.steps

    def to(self, **changed: object) -> Walk:
        """The same with other arguments."""
        return Walk(**{**self.__dict__, **changed})  # type: ignore[arg-type]


LONG = 8000


def walks(
    target: str, start: tuple[float, ...], scale: float, steps: int = LONG
) -> SearchStrategy[Walk]:
    """Walks that differ by their seeds."""
    return SEEDS.map(lambda seed: Walk(seed, target, np.array(start), scale, steps))


@st.composite
def _counted(draw: DrawFn) -> tuple[int, Squares, Array, float, int]:
    d = draw(st.sampled_from((1, 2)))
    start = np.array([draw(tenths(1.0)) for _ in range(d)])
    width = draw(st.sampled_from((1.0, 0.5, 2.0)))
    return draw(SEEDS), Squares(width), start, 2.4 * width, draw(st.sampled_from((5, 20, 40)))


COUNTED = _counted()
SHORT = st.builds(
    lambda seed, start: Walk(seed, "normal", np.array(start), 1.5, 60),
    SEEDS,
    st.lists(tenths(1.0), min_size=1, max_size=3),
)
AT_2_4 = walks("normal", (0.0,), 2.4)
AT_0_3 = walks("normal", (0.0,), 0.3)
ON_FLAT = walks("flat", (0.0, 0.0, 0.0, 0.0, 0.0), 0.7, 4000)
IN_THE_BOX = walks("box", (0.0,), 1.0)
LOG_GAMMA = walks("log_gamma", (1.0,), 1.4)
AT_THE_WALL = walks("half", (0.1,), 1.0, 400)
FROM_AFAR = walks("flat", (1e6, -2e6), 0.5, 3)

# ---------------------------------------------------------------- the stretch move


class Stretch(NamedTuple):
    """The arguments of `stretch_proposal`: two walkers ``[d]`` and a number between 0 and 1."""

    walker: Array
    other: Array
    u: float


@st.composite
def _stretches(draw: DrawFn, sizes: tuple[int, ...] = (1, 2, 3, 5)) -> Stretch:
    d = draw(st.sampled_from(sizes))
    walker, other = (np.array([draw(TENTHS) for _ in range(d)]) for _ in range(2))
    return Stretch(walker, other, draw(st.integers(0, 10).map(lambda k: k / 10)))


def are_apart(stretch: Stretch) -> bool:
    """Whether the walkers differ in every coordinate, and the move moves."""
    apart = bool(np.min(np.abs(stretch.walker - stretch.other)) > 0.05)
    return apart and abs((1 + stretch.u) ** 2 / 2 - 1) > 0.05


STRETCHES = _stretches().filter(are_apart)
PLANE = _stretches((2, 3)).filter(are_apart)
ONE_D = _stretches((1,)).filter(are_apart)
SEVEN = {
    "stretch": Stretch(
        np.array([0.5, -1.0, 2.0, 0.3, -0.7, 1.5, 4.0]),
        np.array([1.5, 0.5, -1.0, 0.8, 0.2, -2.0, 3.0]),
        0.8,
    )
}
