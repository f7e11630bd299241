"""A mean with weights: another exercise than the one of the same name before it."""

import numpy as np
from hypothesis import strategies as st

from course_lib.claims import agree, exercise

PAIRS = st.lists(st.tuples(st.integers(-9, 9), st.integers(1, 4)), min_size=1, max_size=6)
ROUNDING = 1e-13


@exercise(points=2)
def mean(values, weights):
    """The mean of `values` [n] with `weights` [n], all above 0: a float."""
    return float(np.sum(weights * values) / np.sum(weights))


def arrays(pairs):
    """values and weights, each [n]."""
    return tuple(np.array(pairs, dtype=float).T)


@mean.claim(points=1, gate=True, pairs=PAIRS)
def is_the_weighted_mean(student, truth, pairs):
    """Every value counts as often as its weight says."""
    agree(student.mean(*arrays(pairs)), truth(*arrays(pairs)), tolerance=ROUNDING)


@mean.claim(points=1, relative=True, pairs=PAIRS)
def has_no_unit_of_weight(student, truth, pairs):
    """With all weights doubled it is the same."""
    values, weights = arrays(pairs)
    agree(student.mean(values, 2 * weights), student.mean(values, weights), tolerance=ROUNDING)


mean.mistake(
    "by_number",
    "It divides by n, not by the sum of the weights.",
    "np.sum(weights))",
    "len(weights))",
)
mean.mistake(
    "unweighted",
    "The weights are not used.",
    "np.sum(weights * values) / np.sum(weights)",
    "np.mean(values)",
)
