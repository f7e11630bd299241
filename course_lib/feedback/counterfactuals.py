"""Whether an answer is right for other inputs than those that were given.

    counterfactual(evidence)     # "On every input it answers as if b were 0."

The truth is worked out for inputs that are changed in one plain way (one number ignored, two
exchanged, the last point left out) and compared with what came back. An assignment may say which
changes are plain in its subject; else they are those that any arguments have, and `of_numbers` has
those of numbers:

    leapfrog.counterfactuals += of_numbers(("q", "p", "step"))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import permutations
from typing import Any

import numpy as np

from course_lib.feedback.evidence import (
    Evidence,
    Given,
    Row,
    Vector,
    close_to,
    named,
    true_numbers,
    with_arguments,
)
from course_lib.feedback.parts_of_arguments import Part, arrays_in, numbers_in
from course_lib.protocol.questions import Question

ENOUGH = 5  # inputs on which the change matters: fewer may agree by accident

Change = Callable[[Given], Mapping[str, Any] | None]  # None: of these it cannot be made
Counterfactual = tuple[str, Change]  # "b were 0", and the arguments that are then others


def counterfactual(evidence: Evidence) -> str:
    """One sentence, or "" where no plain change of the inputs explains the answers."""
    table = evidence.values
    if len(table.every) < ENOUGH or table.right_rows.all():
        return ""
    with np.errstate(all="ignore"):
        for words, change in changes_of(evidence):
            if explains(evidence, change):
                return f"On every input it answers as if {words}."
    return ""


def explains(
    evidence: Evidence, change: Change, enough: int = ENOUGH, everywhere: bool = False
) -> bool:
    """Whether the answers are what is right after the change, wherever it can be made.

    enough: inputs on which the change has to matter. everywhere: it explains nothing if on any
    input there is no right answer after it.
    """
    matters = 0
    for row in evidence.values.wrong_first:  # most changes are ruled out by the first of them
        changed = right_after(evidence, row, change)
        if changed is None or changed.shape != row.got.shape:
            if everywhere:
                return False
            continue
        if not np.isfinite(changed).all():
            if np.isfinite(row.got).all():
                return False  # of a root of what is negative there is no number
            continue
        if not close_to(changed, row.got, evidence.exercise.close).all():
            return False
        matters += not close_to(changed, row.expected, evidence.exercise.close).all()
    return matters >= enough


def right_after(evidence: Evidence, row: Row, change: Change) -> Vector | None:
    """What is right after the change; the difference to its home, where the row is one."""
    here = truth_after(evidence, row.question, row.given, change)
    if row.home is None or here is None:
        return here
    there = truth_after(evidence, row.home, named(evidence.exercise, row.home), change)
    return None if there is None else here - there


def truth_after(
    evidence: Evidence, question: Question, given: Given, change: Change
) -> Vector | None:
    """The right numbers after a change of the inputs; None where there are none.

    Raises what an author's change raises.
    """
    changed = change(given)
    if changed is None:
        return None
    new = {**given, **changed}
    arguments = tuple(new[name] for name in evidence.exercise.arguments if name in new)
    try:
        return true_numbers(evidence.exercise, with_arguments(question, arguments), evidence.truth)
    except Exception:  # not in a student's record, or a truth was not made for such an input
        return None


def changes_of(evidence: Evidence) -> Sequence[Counterfactual]:
    """The changes that its author calls plain, else those that any arguments have.

    Where a search or a sampler is the truth, none but an author's: each would be a new search.
    """
    exercise = evidence.exercise
    if exercise.counterfactuals or exercise.slow or exercise.approximate is not None:
        return exercise.counterfactuals
    given = [row.given for row in evidence.values.every]
    return [*_of_parts(numbers_in(given)), *_of_arrays(arrays_in(given))]


def of_numbers(names: Sequence[str]) -> list[Counterfactual]:
    """The changes that any numbers have: each ignored, or another one; two of them exchanged."""
    return _of_parts([Part(name, name) for name in names])


def _of_parts(parts: Sequence[Part]) -> list[Counterfactual]:
    found = [
        (f"{part.words} {words}", put(part, change))
        for part in parts
        for words, change in _OF_ONE.items()
    ]
    return [*found, *_taking(parts)]


def _taking(parts: Sequence[Part]) -> Iterator[Counterfactual]:
    """One in place of another, and both exchanged."""
    for one, other in permutations(parts, 2):
        yield f"{one.words} were what {other.words} is", _taken({one: other})
        if one.words < other.words:
            yield f"{one.words} and {other.words} were exchanged", _taken({one: other, other: one})


# float64, not Python's: 1 over 0 is infinity, for which there is no right answer
_OF_ONE: Mapping[str, Callable[[Vector], Vector]] = {
    "were 0": lambda value: 0.0 * value,
    "were 1": lambda value: np.ones_like(value),
    "had the other sign": lambda value: -value,
    "were never negative": np.abs,
    "were twice as large": lambda value: 2.0 * value,
    "were half as large": lambda value: 0.5 * value,
    "were squared": lambda value: value * value,
    "were its own root": np.sqrt,
    "were its own logarithm": np.log,
    "were its own exponential": np.exp,
    "were 1 over it": lambda value: 1.0 / value,
}

_OF_EACH = [(words, change) for words, change in _OF_ONE.items() if change is not np.abs]


def put(part: Part, change: Callable[[Vector], Vector]) -> Change:
    """The change of one part, by a function of its value, or of its value in each row."""
    return lambda given: part.put(given, change(part.of(given)))


def _taken(sources: Mapping[Part, Part]) -> Change:
    def changed(given: Given) -> Given | None:
        new = dict(given)
        for part, source in sources.items():
            value = source.of(given)
            if value.ndim and value.shape != part.of(given).shape:
                return None
            new |= part.put(new, value)
        return new

    return changed


def _of_arrays(arrays: Sequence[Part]) -> list[Counterfactual]:
    """The changes that arrays have: signs, their order, and one end that is left out."""
    found: list[Counterfactual] = []
    for each in arrays:
        name = each.words
        found += [(f"every {name} {words}", put(each, change)) for words, change in _OF_EACH]
        found += [
            (f"no {name} were negative", put(each, np.abs)),
            (f"{name} were measured from its mean", put(each, lambda a: a - a.mean())),
            (f"{name} added up to 1", put(each, lambda a: a / a.sum())),
            (f"{name} stood in the opposite order", put(each, lambda a: a[::-1])),
            (f"the last {name} were not there", _shorter(name, lambda a: a[:-1])),
            (f"the first {name} were not there", _shorter(name, lambda a: a[1:])),
        ]
    return [*found, *_taking(arrays)]


def _shorter(name: str, change: Callable[[Vector], Vector]) -> Change:
    """One end is left out, and that of every other array of that length."""

    def changed(given: Given) -> Given | None:
        length = len(given[name])
        if length < 2:
            return None  # nothing would be left
        alike = [n for n, value in given.items() if _length(value) == length]
        return {each: change(given[each]) for each in alike}

    return changed


def _length(value: Any) -> int | None:
    return len(value) if isinstance(value, np.ndarray) and value.ndim else None
