"""A random function: its generator crosses as a seed."""

import numpy as np
from hypothesis import strategies as st

from course_lib.claims import Seed, agree, exercise

SEEDS = st.integers(0, 2**31 - 1).map(Seed)
STEPS = st.integers(1, 12)
LONG = 64  # steps; two generators agree on all of them once in 2**64


@exercise(points=3, unique=False)
def walk(rng, steps):
    """The places [steps + 1], whole numbers, of a random walk from 0 in steps of -1 or 1."""
    return np.concatenate([[0], np.cumsum(rng.choice([-1, 1], size=steps))])


@walk.claim(points=1, gate=True, rng=SEEDS, steps=STEPS)
def takes_steps_of_one(student, truth, rng, steps):
    """It begins at 0, and each of its steps goes one to the left or to the right."""
    places = student.walk(rng, steps)
    agree(places[0], 0)
    agree(np.abs(np.diff(places)), np.ones(steps))


@walk.claim(points=1, rng=SEEDS, steps=st.just(LONG))
def repeats_itself(student, truth, rng, steps):
    """The same generator leads to the same walk."""
    agree(student.walk.again(rng, steps), student.walk(rng, steps))


@walk.claim(points=1, rng=SEEDS)
def depends_on_the_generator(student, truth, rng):
    """Another generator leads to another walk."""
    other = student.walk(Seed(rng.seed + 1), LONG)
    assert not np.array_equal(student.walk(rng, LONG), other), "both walks are the same"


walk.mistake(
    "own_generator",
    "It does not draw from the generator that it is given.",
    "rng.choice",
    "np.random.default_rng().choice",
)
walk.mistake(
    "always_the_same",
    "It walks the same way with every generator.",
    "rng.choice",
    "np.random.default_rng(1).choice",
)
walk.mistake("stands_still", "Some steps go nowhere.", "[-1, 1]", "[-1, 0, 1]")
walk.mistake(
    "without_start",
    "The first place is missing.",
    "np.concatenate([[0], np.cumsum(rng.choice([-1, 1], size=steps))])",
    "np.cumsum(rng.choice([-1, 1], size=steps))",
)
walk.mistake(
    "steps_for_places",
    "It returns steps, not places.",
    "np.cumsum(rng.choice([-1, 1], size=steps))",
    "rng.choice([-1, 1], size=steps)",
)
