"""A function that takes a function, which stays with the grader."""

import numpy as np

from course_lib.claims import agree, exercise

from .inputs import BOWLS

ROUNDING = 1e-12  # positions are below 100, and no more than six steps are taken


@exercise(points=3)
def descend(slope, start, rate, steps):
    """The position [d] after `steps` steps of -rate * slope(position), from `start` [d]."""
    position = np.array(start, dtype=float)
    for _ in range(steps):
        position = position - rate * slope(position)
    return position


@descend.claim(points=1, gate=True, bowl=BOWLS)
def ends_where_the_steps_lead(student, truth, bowl):
    """Every step goes downhill by rate times the slope."""
    agree(student.descend(*bowl.arguments), truth(*bowl.arguments), tolerance=ROUNDING)


@descend.claim(points=1, bowl=BOWLS)
def asks_for_one_slope_a_step(student, truth, bowl):
    """It asks for the slope once in each step."""
    agree(len(student.descend.asked(*bowl.arguments)), bowl.steps)


@descend.claim(points=1, bowl=BOWLS)
def asks_first_where_it_starts(student, truth, bowl):
    """The first slope that it asks for is the one at the start."""
    agree(student.descend.asked(*bowl.arguments)[0][0], bowl.start)


descend.mistake(
    "uphill", "It climbs: the step goes against the slope.", "position - rate", "position + rate"
)
descend.mistake("one_step_short", "It is one step short.", "range(steps)", "range(steps - 1)")
descend.mistake(
    "asks_twice",
    "It asks for each slope twice.",
    "position - rate * slope(position)",
    "position - rate * (slope(position) + slope(position)) / 2",
)
descend.mistake("forgets_the_rate", "The rate is not used.", "- rate * ", "- ")
descend.mistake(
    "slope_of_the_start",
    "The slope is always the one at the start.",
    "- rate * slope(position)\n",
    "- rate * slope(start)\n",
)
