"""Whether an answer is right for an argument that is kept within limits, fixed, or moved a little.

    clipped(evidence)     # "On every input it answers as if s were never below 0.01."

Such a limit guards against a logarithm of zero or an overflow, and is wrong beyond it. It is looked
for among the numbers that somebody writes down, and said only if the truth with the changed
argument is what came back, on every input. So many changes are in no student's record: it is said
where there are truths, which is in every grade and its page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from course_lib.feedback.counterfactuals import Change, explains, put
from course_lib.feedback.evidence import Evidence, Flags, Given, Vector
from course_lib.feedback.parts_of_arguments import arrays_in, numbers_in

ENOUGH = 3  # inputs that the change explains: two may agree by accident
# What somebody writes down for a limit: 1e-12, 0.01, 50. For what is added, powers of ten alone.
LIMITS = tuple(float(f"{k}e{n}") for n in range(-15, 7) for k in (1, 2, 3, 5, 7))
ADDED = tuple(float(f"1e{n}") for n in range(-15, 0))


def clipped(evidence: Evidence) -> str:
    """One sentence; "" where no limit explains all answers."""
    exercise, table = evidence.exercise, evidence.values
    wrong = ~table.right_rows
    if exercise.slow or exercise.approximate is not None or wrong.sum() < ENOUGH:
        return ""
    given = [row.given for row in table.every]
    with np.errstate(all="ignore"):
        for words, change, control in _changes(given, wrong):
            # A limit of a million may be any large number: then the argument does not matter.
            if _explains(evidence, change) and not _explains(evidence, control):
                return f"On every input it answers as if {words}."
    return ""


def _explains(evidence: Evidence, change: Change) -> bool:
    return explains(evidence, change, ENOUGH, everywhere=True)


def _changes(given: list[Given], wrong: Flags) -> Iterator[tuple[str, Change, Change]]:
    """The changes of one argument that may explain what is wrong, each under words for it.

    With each, its control: the same by another number, which must not explain as much.
    """
    for part in [*numbers_in(given), *arrays_in(given)]:
        each = [part.of(one) for one in given]
        if not all(values.size for values in each):
            continue
        lowest = np.array([values.min() for values in each])
        highest = np.array([values.max() for values in each])
        for words, low, high in _limits():
            # Every wrong answer has to have something beyond the limits, and some of all nothing:
            # else it is no limit, but one number in place of all.
            beyond = (lowest < low) | (highest > high)
            if beyond[wrong].all() and (~beyond).sum() >= ENOUGH:
                change, control = _within(low, high), _within(_other(low), _other(high))
                yield f"{part.words} {words}", put(part, change), put(part, control)
        for size in LIMITS:
            for value in (size, -size):
                change, control = _always(value), _always(_other(value))
                yield f"{part.words} were always {value:g}", put(part, change), put(part, control)
        for extra in ADDED:
            change, control = _plus(extra), _plus(_other(extra))
            yield f"{part.words} were larger by {extra:g}", put(part, change), put(part, control)


def _limits() -> Iterator[tuple[str, float, float]]:
    yield "were never below 0", 0.0, np.inf
    yield "were never above 0", -np.inf, 0.0
    for size in LIMITS:
        for end in (size, -size):
            yield f"were never below {end:g}", end, np.inf
            yield f"were never above {end:g}", -np.inf, end
        yield f"were kept between {-size:g} and {size:g}", -size, size


def _other(number: float) -> float:
    return 1.5 * number if number else 0.5


def _within(low: float, high: float) -> Callable[[Vector], Vector]:
    return lambda value: np.clip(value, low, high)


def _always(number: float) -> Callable[[Vector], Vector]:
    return lambda value: np.full_like(value, number)


def _plus(extra: float) -> Callable[[Vector], Vector]:
    return lambda value: value + extra
