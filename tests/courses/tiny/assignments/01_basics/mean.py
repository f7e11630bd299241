"""The mean of numbers; the next assignment has a `mean` too, which is another."""

import numpy as np

from course_lib.claims import agree, exercise

from .inputs import VALUES

ROUNDING = 1e-13  # eight numbers below 5


@exercise(points=2)
def mean(values):
    """The mean of `values` [n], at least one: a float."""
    return float(np.sum(values) / len(values))


@mean.claim(points=1, gate=True, values=VALUES)
def is_the_mean(student, truth, values):
    """It is the sum over the number of values."""
    agree(student.mean(values), truth(values), tolerance=ROUNDING)


@mean.claim(points=0.5, relative=True, values=VALUES)
def moves_with_the_values(student, truth, values):
    """With 1 added to every value, it is larger by 1."""
    agree(student.mean(values + 1), student.mean(values) + 1, tolerance=ROUNDING)


@mean.claim(points=0.5, relative=True, values=VALUES)
def does_not_mind_the_order(student, truth, values):
    """In the opposite order the values have the same mean."""
    agree(student.mean(values[::-1]), student.mean(values), tolerance=ROUNDING)


mean.mistake("sum", "It is the sum.", "np.sum(values) / len(values)", "np.sum(values)")
mean.mistake("one_fewer", "It divides by n - 1.", "len(values)", "max(len(values) - 1, 1)")
mean.mistake("median", "It is the median.", "np.sum(values) / len(values)", "np.median(values)")
mean.mistake(
    "single",
    "It is right to seven digits: somewhere a number is float32.",
    "np.sum(values)",
    "np.sum(np.float32(values))",
)
mean.mistake(
    "first_left_out", "The first value is left out.", "np.sum(values)", "np.sum(values[1:])"
)
mean.asked_hints(
    "What has to be added up, and how often?",
    "Divide the sum by the number of values, whatever the values are.",
    paragraph="Basics",
)
