"""Inputs that several exercises share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

EIGHTHS = st.integers(-40, 40).map(lambda k: k / 8)  # exact in float64, and short to read
WORDS = st.sampled_from(["ada", "emmy", "zoe", "Łucja"])


@dataclass(frozen=True)
class Bowl:
    """A bowl whose slope at q [d] is stiffness * q, a place to start [d], a step and how many."""

    stiffness: float
    start: tuple[float, ...]
    rate: float
    steps: int

    def slope(self, q):
        """The gradient at q, [d]."""
        return self.stiffness * np.asarray(q)

    @property
    def arguments(self):
        """As `descend` takes them."""
        return self.slope, np.array(self.start), self.rate, self.steps


BOWLS = st.builds(
    Bowl,
    st.sampled_from([0.5, 1.0, 3.0]),
    st.lists(EIGHTHS.filter(bool), min_size=1, max_size=3).map(tuple),
    st.sampled_from([0.25, 0.125]),
    st.integers(1, 6),
)


@dataclass(frozen=True)
class Pupil:
    """A name, and marks from 0 to 20."""

    name: str
    marks: list[int]


PUPILS = st.builds(Pupil, WORDS, st.lists(st.integers(0, 20), min_size=1, max_size=6))
VALUES = st.lists(EIGHTHS, min_size=1, max_size=8).map(np.array)
