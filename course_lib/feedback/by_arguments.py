"""By what all answers are off, if one argument says it: a factor, or a term of a sum.

    by_an_argument(evidence)     # "It is h² times what it should be, on every input."

An argument is a number, or the length of an array, or a sum over it. What is said holds on every
input that was tried, and the argument has several values among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from course_lib.claims.exercise import Exercise
from course_lib.claims.rounding import EPS
from course_lib.feedback.evidence import ROUNDED, Evidence, Flags, Row, Vector, named
from course_lib.feedback.parts_of_arguments import arrays_in, numbers_in
from course_lib.feedback.patterns import EVERYWHERE, SAME

ENOUGH = 5  # inputs, or numbers in answers, on which it has to be off
DIFFERENT = 3  # values that the argument has to have among them
LOST = 1e3 * EPS  # of an answer: what is left of a difference when its first digits cancel

POWERS: Mapping[str, Callable[[Vector], Vector]] = {
    "{}": lambda q: q,
    "1/{}": lambda q: 1 / q,
    "{}²": lambda q: q * q,
    "1/{}²": lambda q: 1 / (q * q),
    "√{}": np.sqrt,
    "1/√{}": lambda q: 1 / np.sqrt(q),
}
TERMS: Mapping[str, Callable[[Vector], Vector]] = {
    "{}": lambda q: q,
    "{}²": lambda q: q * q,
    "log {}": np.log,
    "(log {} + ½ log 2π)": lambda q: np.log(q) + 0.5 * np.log(2 * np.pi),  # a Gaussian's height
    "({} + ½ log 2π)": lambda q: q + 0.5 * np.log(2 * np.pi),
    "exp({})": np.exp,
}
SUMS: Mapping[str, Callable[[Vector], float]] = {
    "sum({})": lambda a: float(np.sum(a)),
    "sum({}²)": lambda a: float(np.sum(a * a)),
}


@dataclass(frozen=True)
class Quantity:
    """What is made of the arguments, with a value for every number of the answers.

    homes: its values where the answers are differences to others.
    """

    words: str
    values: Vector
    homes: Vector | None = None

    def term(self, function: Callable[[Vector], Vector], count: Vector) -> Vector:
        """What a function of it adds to each answer, as often as `count` says."""
        here = function(self.values) * count
        return here if self.homes is None else here - function(self.homes) * count

    def different(self, use: Flags) -> int:
        """How many values it has among the answers to use."""
        return len(set(self.values[use].tolist()))


def by_an_argument(evidence: Evidence) -> str:
    """One sentence; "" where no argument explains all answers, or more than one does."""
    searched = evidence.exercise.approximate
    whole = evidence.answered
    table = whole.flat
    if len(whole.every) < ENOUGH or not np.isfinite(table.got).all():
        return ""
    expected, got = table.expected[:, 0], table.got[:, 0]
    each = list(quantities(whole.every, evidence.exercise))
    count = next((one for one in each if one.words.startswith("len(")), None)  # of data points
    single = not whole.others and whole.expected.shape[1] == 1
    found: list[str] = []
    with np.errstate(all="ignore"):
        for quantity in each:
            found += _factors(quantity, expected, got, max(SAME, searched or 0.0))
            for often in _counts(count, len(got)) if searched is None else ():
                found += _terms(quantity, expected, got, often, single=single)
    return found[0] if len(found) == 1 else ""


def quantities(rows: Sequence[Row], exercise: Exercise) -> Iterator[Quantity]:
    """The numbers among the arguments, the lengths of arrays that differ, and sums over arrays.

    Of a matrix, a number in each row, where the answer has a number for each row.
    """
    given = [row.given for row in rows]
    homes = [named(exercise, row.home) for row in rows if row.home is not None]
    sizes = [len(row.expected) for row in rows]
    for part in numbers_in([*given, *homes]):
        values = [part.of(one) for one in given]
        if all(np.size(value) in (1, size) for value, size in zip(values, sizes, strict=True)):
            there = _spread([part.of(one) for one in homes], sizes) if homes else None
            yield Quantity(part.words, _spread(values, sizes), there)
    lengths: list[Vector] = []
    for name in given[0]:
        each = [one.get(name) for one in given]
        if all(isinstance(one, np.ndarray) and one.ndim for one in each):
            length = np.array([len(one) for one in each if one is not None], dtype=np.float64)
            if not any(np.array_equal(length, other) for other in lengths):
                lengths.append(length)  # x and y are of one length, and x is named
                many = np.repeat(length, sizes)
                yield Quantity(f"len({name})", many, many if homes else None)
    for part in arrays_in([*given, *homes]):
        for words, sum_of in SUMS.items():
            here = [np.array(sum_of(part.of(one))) for one in given]
            home = [np.array(sum_of(part.of(one))) for one in homes]
            there = _spread(home, sizes) if homes else None
            yield Quantity(words.format(part.words), _spread(here, sizes), there)


def _spread(values: Sequence[Vector], sizes: Sequence[int]) -> Vector:
    each = zip(values, sizes, strict=True)
    return np.concatenate([np.broadcast_to(value, size) for value, size in each])


def _counts(count: Quantity | None, answers: int) -> Iterator[tuple[str, Vector]]:
    """How often a term may be too much or missing: once, n times, or all but once."""
    yield "", np.ones(answers)
    if count is not None and len(set(count.values.tolist())) > 1:
        yield f"{count.words}·", count.values
        yield f"({count.words} - 1)·", count.values - 1


def _factors(quantity: Quantity, expected: Vector, got: Vector, within: float) -> Iterator[str]:
    """within: relatively, how close the answers are that a search finds, or rounding leaves."""
    use = np.abs(expected) > ROUNDED / SAME
    if quantity.homes is not None or use.sum() < ENOUGH or quantity.different(use) < DIFFERENT:
        return
    for words, power in POWERS.items():
        factor = power(quantity.values)
        if not np.isfinite(factor).all():
            continue
        times = float(np.median((got / (expected * factor))[use]))
        due = times * factor * expected
        if times == 0 or not (np.abs(got - due) <= within * np.abs(due) + ROUNDED).all():
            continue
        what = f"{'-' if times < 0 else ''}{_times(times, within)}{words.format(quantity.words)}"
        yield f"It is {what} times what it should be{EVERYWHERE}."


def _terms(
    quantity: Quantity, expected: Vector, got: Vector, often: tuple[str, Vector], *, single: bool
) -> Iterator[str]:
    """often: words for how often the term comes, and as numbers. single: one number an answer."""
    off, (times_words, count) = got - expected, often
    if times_words and quantity.words.startswith("len("):
        return
    for words, function in TERMS.items():
        term = quantity.term(function, count)
        use = np.abs(term) > 0
        if not np.isfinite(term).all() or use.sum() < ENOUGH:
            continue
        times = float(np.median((off / term)[use]))
        close = np.abs(off - times * term) <= SAME * np.abs(times * term) + LOST * np.abs(expected)
        large = np.abs(times * term) > LOST / SAME * np.abs(expected)
        if not close.all() or quantity.different(large & use) < ENOUGH:
            continue
        said = f"{_times(times)}{times_words}{words.format(quantity.words)}"
        which = "It is" if single else "Each of its numbers is"
        yield f"{which} off by {'+' if times > 0 else '-'}{said}{EVERYWHERE}."
        return  # of a difference, a term with a constant is the same


def _times(size: float, within: float = SAME) -> str:
    """A factor in front of a quantity, without its sign; one is not written."""
    digits = 6 if within <= SAME else 3
    return "" if abs(abs(size) - 1) < within else f"{abs(size):.{digits}g}·"
