"""Claims about `split_r_hat(chains)`: 3 points.

The form of Gelman et al., *Bayesian Data Analysis*, third edition, section 11.4, without ranks.
"""

from __future__ import annotations

import numpy as np

from course_lib.claims import ClaimFailure, agree, exercise

from .inputs import DRIFTING, EIGHT, ONE_ELSEWHERE, TABLES, Array

# Two sums of up to 300 squares of numbers of the size of their width: 1e-9 has room for any method
# that subtracts means first. 2^20 away from zero an eps is 2e-10.
DIGITS, FAR_DIGITS = 1e-9, 1e-6


@exercise(points=3)
def split_r_hat(chains: Array) -> float:
    """√(((h - 1)/h W + B/h) / W) of the 2 m halves, of length h = n / 2, of chains ``[n, m]``."""
    h = len(chains) // 2
    halves = np.concatenate([chains[:h], chains[h:]], axis=1)
    means = np.mean(halves, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):  # two draws have no variance within
        within = np.sum((halves - means) ** 2) / np.float64(halves.size - means.size)
        return float(np.sqrt((h - 1) / h + np.var(means, ddof=1) / within))


def right(student, truth, chains: Array, digits: float = DIGITS) -> None:
    """Raise unless the number is right."""
    due = truth(chains)
    agree(student.split_r_hat(chains), due, tolerance=digits * (1 + due**2))


@split_r_hat.claim(points=0.25, gate=True, draws=3, chains=DRIFTING)
def is_larger_for_chains_apart(student, truth, chains):
    """Copies of one chain give less than copies that lie five apart."""
    copies = np.repeat(chains[:, :1], 2, axis=1)
    together, apart = (student.split_r_hat(copies + each) for each in ([0.0, 0.0], [0.0, 5.0]))
    if not apart > together > 0:
        raise ClaimFailure(f"more than {float(together):.4g} with the copies apart", float(apart))


@split_r_hat.claim(points=1, draws=12, always=(EIGHT,), chains=TABLES)
def has_the_right_value(student, truth, chains):
    """It compares the variance of all halves with the mean variance within a half."""
    right(student, truth, chains)


@split_r_hat.claim(points=0.5, draws=4, chains=DRIFTING)
def sees_a_common_drift(student, truth, chains):
    """If all chains drift together, their first halves disagree with their second halves."""
    right(student, truth, chains)


@split_r_hat.claim(points=0.25, draws=4, chains=ONE_ELSEWHERE)
def sees_a_chain_elsewhere(student, truth, chains):
    """If one chain is in another place than the others, it is large."""
    right(student, truth, chains)


@split_r_hat.claim(points=0.25, relative=True, draws=4, chains=TABLES)
def has_no_unit(student, truth, chains):
    """In a unit that is a million times larger, or smaller, it is the same."""
    one = student.split_r_hat(chains)
    for factor in (2.0**-20, -(2.0**20)):
        found = student.split_r_hat(factor * chains)
        agree(found, one, tolerance=DIGITS * (1 + one**2), message=f"times {factor:.1g}")


@split_r_hat.claim(points=0.25, draws=4, chains=TABLES)
def loses_no_digits_far_from_zero(student, truth, chains):
    """A million away from zero it is what it was, to the digits that are left."""
    right(student, truth, chains + 2.0**20, FAR_DIGITS)


@split_r_hat.claim(points=0.25, relative=True, draws=4, chains=TABLES)
def all_halves_are_equal(student, truth, chains):
    """The order of the chains, and of their halves, makes no difference."""
    h = len(chains) // 2
    one = student.split_r_hat(chains)
    for other in (chains[:, ::-1], np.concatenate([chains[h:], chains[:h]])):
        found = student.split_r_hat(np.ascontiguousarray(other))
        agree(found, one, tolerance=DIGITS * (1 + one**2))


@split_r_hat.claim(points=0.25, draws=3, chains=DRIFTING)
def one_chain_can_be_judged(student, truth, chains):
    """A single chain has two halves to compare."""
    right(student, truth, chains[:, :1])


mistake = split_r_hat.mistake
HALVES = "halves = np.concatenate([chains[:h], chains[h:]], axis=1)"
WITHIN = "within = np.mean(np.var(halves, axis=0, ddof=1))"
BETWEEN = "between = h * np.var(np.mean(halves, axis=0), ddof=1)"
RATIO = "((h - 1) / h * within + between / h) / within"
mistake(
    "not_split",
    "Whole chains are compared: a drift that all share is not seen. Split each into two halves.",
    f"h = len(chains) // 2\n    {HALVES}",
    "h = len(chains)\n    halves = chains",
)
mistake("not_rooted", "The root is missing.", f"np.sqrt({RATIO})", f"({RATIO})")
mistake(
    "biased_variances",
    "The variance within a half is divided by h; divide by h - 1.",
    WITHIN,
    "within = np.mean(np.var(halves, axis=0))",
)
mistake(
    "between_not_ddof",
    "The variance of the means is divided by their number; divide by one less.",
    BETWEEN,
    "between = h * np.var(np.mean(halves, axis=0))",
)
mistake(
    "no_correction",
    "The factor (h - 1)/h is missing.",
    RATIO,
    "(within + between / h) / within",
)
mistake(
    "corrected_twice",
    "The factor (h - 1)/h belongs to W alone.",
    RATIO,
    "(h - 1) / h * (within + between / h) / within",
)
mistake(
    "n_for_h",
    "B is too large by a factor of two: the halves have h draws each, and not n.",
    BETWEEN,
    "between = len(chains) * np.var(np.mean(halves, axis=0), ddof=1)",
)
mistake(
    "n_forgotten_in_b",
    "B is too small: it is h times the variance of the means.",
    BETWEEN,
    "between = np.var(np.mean(halves, axis=0), ddof=1)",
)
mistake(
    "between_only",
    "Only the scatter of the means counts: the variance within the halves belongs to it.",
    RATIO,
    "between / h / within",
)
mistake(
    "first_half_twice",
    "Both halves are the first one; the second half begins where the first one ends.",
    HALVES,
    "halves = np.concatenate([chains[:h], chains[:h]], axis=1)",
)
mistake(
    "inverted", "Numerator and denominator have changed places.", f"({RATIO})", f"(1 / ({RATIO}))"
)
mistake(
    "all_variance_over_within",
    "The variance of all draws together is used for the numerator.",
    RATIO,
    "np.var(chains, ddof=1) / within",
)
mistake(
    "axis_swapped",
    "Rows are taken for chains: a chain is a column.",
    HALVES,
    "halves = np.concatenate([chains[:h], chains[h:]], axis=1).T",
)
mistake(
    "second_half_only",
    "The first halves are thrown away as warm-up; they have to be compared.",
    HALVES,
    "halves = chains[h:]",
)
mistake(
    "reshaped",
    "The halves are not the first and the second half of a chain: cut along the first axis, "
    "which is time.",
    HALVES,
    "halves = chains.reshape(h, -1)",
)
mistake(
    "even_odd_split",
    "Every second draw makes a half: a drift is then the same in both.",
    HALVES,
    "halves = np.concatenate([chains[::2], chains[1::2]], axis=1)",
)
mistake(
    "median_within",
    "The median of the variances is used for W; it is their mean.",
    WITHIN,
    "within = np.median(np.var(halves, axis=0, ddof=1))",
)
mistake(
    "widths_averaged",
    "Widths are averaged, and then squared; W is the mean of the variances.",
    WITHIN,
    "within = np.mean(np.std(halves, axis=0, ddof=1)) ** 2",
)
mistake(
    "one_pass",
    "Far from zero the digits are lost: subtract the mean before you square.",
    WITHIN,
    "within = np.mean(np.mean(halves**2, axis=0) - np.mean(halves, axis=0) ** 2) * h / (h - 1)",
)
mistake(
    "at_least_one",
    "It is never below one; halves that agree better than by chance give less.",
    f"np.sqrt({RATIO})",
    f"np.sqrt(max(1.0, {RATIO}))",
)
mistake(
    "guarded",
    "In a small unit the values fall: something has been added to the variance.",
    WITHIN,
    f"{WITHIN} + 1e-9",
)
mistake(
    "in_place",
    "The chains that were handed over have changed: `-=` writes into the caller's array.",
    "h = len(chains) // 2",
    "chains -= np.mean(chains)\n    h = len(chains) // 2",
)
mistake(
    "both_variances_biased",
    "Both variances are divided by the number of their values, that within a half and that of the "
    "means; divide each by one less.",
    f"{WITHIN}\n    {BETWEEN}",
    "within = np.mean(np.var(halves, axis=0))\n    between = h * np.var(np.mean(halves, axis=0))",
)
mistake(
    "b_not_divided",
    "B is added h times too large: what belongs beside W is the variance of the means alone.",
    RATIO,
    "((h - 1) / h * within + between) / within",
)
mistake(
    "within_of_all_draws",
    "W is the variance of all draws together, in which the distances between the halves are, too; "
    "it is that within the halves.",
    WITHIN,
    "within = np.var(halves, ddof=1)",
)
mistake(
    "width_between",
    "B is made of a width where a variance belongs: in another unit the answer is another one.",
    BETWEEN,
    "between = h * np.std(np.mean(halves, axis=0), ddof=1)",
)
