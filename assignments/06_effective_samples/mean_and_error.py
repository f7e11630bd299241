"""Claims about `mean_and_error(chain)`: 3 points."""

from __future__ import annotations

import numpy as np

from course_lib.claims import ClaimFailure, agree, exercise, finite_numbers

from .inputs import FAST_AND_SLOW, MANY, ONE, SEVERAL, SIX, Array
from .integrated_time import integrated_time

DIGITS = 1e-9


@exercise(points=3, parts="mean error")
def mean_and_error(chain: Array) -> tuple[float, float]:
    """The mean of all draws ``[n, m]``, and its error sd √(τ / (n m)), τ the mean over chains."""
    tau = np.mean([integrated_time(column) for column in chain.T])
    return float(np.mean(chain)), float(np.std(chain) * np.sqrt(tau / chain.size))


def nearest(found: Array, due: Array, draws: int) -> Array:
    """What is right: the variance of all draws may be divided by their number or by one less."""
    other = due * np.array([1.0, np.sqrt(draws / (draws - 1))])
    return other if abs(found[1] - other[1]) < abs(found[1] - due[1]) else due


def right(student, truth, chain: Array) -> None:
    """Raise unless mean and error are right."""
    found = np.asarray(student.mean_and_error(chain))
    due = nearest(found, np.asarray(truth(chain)), chain.size)
    agree(found, due, tolerance=DIGITS * (1 + np.abs(due) + np.max(np.abs(chain))))


@mean_and_error.claim(points=0.25, gate=True, draws=3, pair=FAST_AND_SLOW)
def trusts_a_slow_chain_less(student, truth, pair):
    """Of two chains with the same width, the slow one has the larger error."""
    errors = [np.asarray(student.mean_and_error(x[:, None]))[1] for x in pair]
    if not 0 < errors[0] < 0.5 * errors[1]:
        raise ClaimFailure("a positive error, and more than twice that for the slow chain", errors)


@mean_and_error.claim(points=1, draws=10, always=(SIX,), chain=SEVERAL)
def has_the_right_values(student, truth, chain):
    """Several chains: the mean of all draws, and its error from the mean of the chains' times."""
    right(student, truth, chain)


@mean_and_error.claim(points=0.25, draws=3, chain=ONE)
def one_chain_is_enough(student, truth, chain):
    """One chain has an error, too."""
    right(student, truth, chain)


@mean_and_error.claim(points=0.5, relative=True, draws=4, chain=MANY)
def twice_the_chains_are_worth_twice_as_much(student, truth, chain):
    """With a copy of every chain the mean stays, and the error is divided by √2."""
    one = np.asarray(student.mean_and_error(chain))
    both = np.asarray(student.mean_and_error(np.concatenate([chain, chain], axis=1)))
    # By n - 1 in place of n, the two differ by less than a share 1 / n of the error.
    bar = [1e-9 * (1 + abs(one[0])), abs(one[1]) * (1e-9 + 1 / chain.size)]
    agree(both, one * [1, np.sqrt(0.5)], tolerance=bar)


@mean_and_error.claim(points=0.25, relative=True, draws=3, chain=MANY)
def knows_its_unit(student, truth, chain):
    """In a unit that is 1024 times smaller, both numbers are 1024 times larger."""
    one = np.asarray(student.mean_and_error(chain))
    agree(student.mean_and_error(1024 * chain), 1024 * one, tolerance=1e-6 * (1 + np.abs(one)))


@mean_and_error.claim(points=0.25, draws=3, chain=MANY)
def loses_no_digits_far_from_zero(student, truth, chain):
    """A million away from zero the error is what it was, to the digits that are left."""
    far = chain + 1e6
    found = np.asarray(student.mean_and_error(far))
    due = nearest(found, np.asarray(truth(far)), chain.size)
    agree(found, due, tolerance=[1e-7, 1e-6 * due[1]])  # an eps of a million is 1e-10


@mean_and_error.claim(points=0.25, relative=True, draws=3, chain=SEVERAL)
def all_chains_are_equal(student, truth, chain):
    """The order of the chains makes no difference."""
    one = np.asarray(student.mean_and_error(chain))
    agree(student.mean_and_error(chain[:, ::-1].copy()), one, tolerance=1e-9 * (1 + np.abs(one)))


@mean_and_error.claim(points=0.25, draws=2, chain=MANY)
def gives_two_numbers(student, truth, chain):
    """What comes back are two numbers, the mean first."""
    finite_numbers(student.mean_and_error.answer(chain), 2, "two numbers: a mean and an error")


mistake = mean_and_error.mistake
TAU = "tau = np.mean([integrated_time(chain[:, k]) for k in range(m)])"
MEAN = "float(np.mean(chain))"
ERROR = "float(np.std(chain) * np.sqrt(tau / (n * m)))"
mistake(
    "independent",
    "The error is that of independent draws: it knows nothing of the chain's memory.",
    TAU,
    "tau = 1",
)
mistake(
    "one_chain",
    "Only the first chain's memory counts; all of them should.",
    "range(m)",
    "range(1)",
)
mistake(
    "slowest_chain",
    "The slowest chain's time is used; the mean of all is asked for.",
    "np.mean([",
    "np.max([",
)
mistake(
    "median_of_the_times",
    "The median of the times is used; their mean is asked for.",
    "np.mean([",
    "np.median([",
)
mistake(
    "sum_of_taus",
    "The error is √m times too large with m chains: all n m draws count, and the chains' times are "
    "averaged.",
    "np.mean([",
    "np.sum([",
)
mistake(
    "chains_joined",
    "The chains are put one behind the other: where two meet, nothing is remembered.",
    TAU,
    "tau = integrated_time(chain.T.ravel())",
)
mistake(
    "interleaved",
    "The draws of all chains are mixed in one row: neighbours there are of different chains.",
    TAU,
    "tau = integrated_time(chain.ravel())",
)
mistake(
    "chains_averaged_first",
    "The chains are averaged before their memory is measured; average the chains' times.",
    TAU,
    "tau = integrated_time(np.mean(chain, axis=1))",
)
mistake(
    "rows_for_chains",
    "Rows are taken for chains: a chain is a column.",
    TAU,
    "tau = np.mean([integrated_time(chain[k]) for k in range(m)])",
)
mistake(
    "number_of_chains_forgotten",
    "The error is √m times too large with m chains: all n m draws count, and the chains' times are "
    "averaged.",
    "(n * m)",
    "n",
)
mistake(
    "number_of_draws_forgotten",
    "The error does not fall with the length of the chains.",
    "(n * m)",
    "m",
)
mistake("variance", "A variance stands where the width should.", "np.std(chain)", "np.var(chain)")
mistake(
    "sd",
    "This is the width of the draws; the error of their mean is smaller.",
    ERROR,
    "float(np.std(chain))",
)
mistake(
    "squared",
    "This is the square of the error.",
    ERROR,
    "float(np.var(chain) * tau / (n * m))",
)
mistake(
    "tau_not_rooted",
    "The time is outside of the root; it belongs inside.",
    "np.sqrt(tau / (n * m))",
    "tau / np.sqrt(n * m)",
)
mistake(
    "tau_divides",
    "A chain with a long memory gets a small error: it should be the other way round.",
    "tau / (n * m)",
    "1 / (tau * n * m)",
)
mistake(
    "between_chains",
    "This is the scatter of the chains' means; with one chain there is none.",
    ERROR,
    "float(np.std(np.mean(chain, axis=0)) / np.sqrt(m))",
)
mistake(
    "widths_within_chains",
    "The widths of the single chains are averaged; that of all draws is asked for.",
    "np.std(chain)",
    "np.mean(np.std(chain, axis=0))",
)
mistake("median", "This is the median; the mean is asked for.", MEAN, "float(np.median(chain))")
mistake("two_sigma", "The error is twice what it should be.", ERROR, f"2 * {ERROR}")
mistake(
    "half_dropped",
    "The first half of the draws is missing; use all that you are given.",
    "n, m = chain.shape",
    "chain = chain[len(chain) // 2 :]\n    n, m = chain.shape",
)
mistake("order", "The error comes first; the mean should.", f"{MEAN}, {ERROR}", f"{ERROR}, {MEAN}")
mistake(
    "one_pass",
    "Far from zero the error loses its digits: subtract the mean before you square.",
    "np.std(chain)",
    "np.sqrt(abs(np.mean(chain**2) - np.mean(chain) ** 2))",
)
mistake(
    "in_place",
    "The chains that were handed over have changed: `-=` writes into the caller's array.",
    f"return {MEAN}",
    f"mean = {MEAN}\n    chain -= mean\n    return mean",
)
