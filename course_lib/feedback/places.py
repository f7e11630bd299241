"""Which places are wrong in an answer that is longer for longer inputs.

    wrong_places(evidence)     # "Only the last row is ever wrong: the others are right."

Of an answer with several rows, a place is a row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from course_lib.feedback.evidence import Evidence, Flags, Row, Table, close_to, value_of
from course_lib.feedback.patterns import PLACES
from course_lib.protocol.values import Numbers
from course_lib.text import listed

ENOUGH = 3  # answers that are wrong, and long enough to tell


@dataclass(frozen=True)
class Rule:
    """A sentence about the places of answers.

    may: which of n places may be wrong, as flags. are: places of n, of which each has to be wrong
    in some answer. length: places that an answer has at least to tell it.
    """

    words: str
    may: Callable[[int], Flags]
    are: tuple[Callable[[int], int], ...]
    length: int = 2


RULES = (
    Rule(
        "Only the last {one} is ever wrong: the others are right.",
        lambda n: np.arange(n) == n - 1,
        (lambda n: n - 1,),
    ),
    Rule(
        "Only the first {one} is ever wrong: the others are right.",
        lambda n: np.arange(n) == 0,
        (lambda n: 0,),
    ),
    Rule(
        "Only the first and the last {one} are ever wrong.",
        lambda n: (np.arange(n) == 0) | (np.arange(n) == n - 1),
        (lambda n: 0, lambda n: n - 1),
        length=3,
    ),
    Rule(
        "Only {one}s in the second half are ever wrong.",
        lambda n: np.arange(n) >= n // 2,
        (lambda n: n // 2, lambda n: n - 1),
        length=4,
    ),
    Rule(
        "The first {one} is right on every input: it is the others that are wrong.",
        lambda n: np.arange(n) > 0,
        (lambda n: 1, lambda n: n - 1),
        length=3,
    ),
    Rule(
        "The last {one} is right on every input: it is the others that are wrong.",
        lambda n: np.arange(n) < n - 1,
        (lambda n: 0, lambda n: n - 2),
        length=3,
    ),
)


def wrong_places(evidence: Evidence) -> str:
    """One sentence; "" where all answers are of one length, or wrong places follow no rule."""
    table = evidence.values
    if not table.others or table.right_rows.all():
        return ""
    each = [_places(evidence, row, table.within) for row in table.every]
    if any(places is None for places in each):
        return ""
    right = [places for places in each if places is not None]
    matrix = _is_matrix(evidence, table.rows[0])
    one = "row" if matrix else "number"
    said = next((r.words.format(one=one) for r in RULES if _holds(r, right)), "")
    return said or (_wrong_columns(evidence, table) if matrix else "")


def _wrong_columns(evidence: Evidence, table: Table) -> str:
    """The columns that are wrong on some input, of as many on every input, if others never are."""
    shapes = [_shape(evidence, row) for row in table.every]
    if len({shape[-1] for shape in shapes}) > 1 or shapes[0][-1] > len(PLACES):
        return ""
    right = [
        close_to(row.expected, row.got, table.within).reshape(-1, shape[-1]).all(axis=0)
        for row, shape in zip(table.every, shapes, strict=True)
    ]
    wrong = np.flatnonzero(~np.all(right, axis=0))
    if np.sum(~np.all(right, axis=1)) < ENOUGH or wrong.size == shapes[0][-1]:
        return ""
    are = "column is" if wrong.size == 1 else "columns are"
    return f"Only the {listed([PLACES[k] for k in wrong])} {are} ever wrong."


def _holds(rule: Rule, right: Sequence[Flags]) -> bool:
    """Whether all answers follow the rule, and long ones show each of its places to be wrong."""
    if not all((flags | rule.may(len(flags))).all() for flags in right):
        return False
    telling = [flags for flags in right if len(flags) >= rule.length and not flags.all()]
    return len(telling) >= ENOUGH and all(
        any(not flags[place(len(flags))] for flags in telling) for place in rule.are
    )


def _shape(evidence: Evidence, row: Row) -> tuple[int, ...]:
    value = value_of(evidence.truth.answer(row.question))
    return value.values.shape if isinstance(value, Numbers) else ()


def _is_matrix(evidence: Evidence, row: Row) -> bool:
    return len(_shape(evidence, row)) > 1


def _places(evidence: Evidence, row: Row, within: float) -> Flags | None:
    """Which places of an answer are right; None where they are not its numbers, or rows."""
    shape = _shape(evidence, row)
    if not shape or int(np.prod(shape)) != len(row.expected):
        return None
    right = close_to(row.expected, row.got, within).reshape(shape)
    return np.asarray(right.all(axis=tuple(range(1, len(shape)))))
