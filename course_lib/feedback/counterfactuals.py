"""Whether an answer is right for other inputs than those that were given.

    counterfactual(evidence)     # "On every input it answers as if b were 0."

The truth is worked out for inputs that are changed in one plain way (one number ignored, two
exchanged, the last point left out) and compared with what came back. An assignment says which
changes are plain in its subject; `of_numbers` has those that any numbers have:

    leapfrog.counterfactuals += of_numbers(("q", "p", "step"))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import permutations
from typing import Any

import numpy as np

from course_lib.claims.exercise import Exercise
from course_lib.claims.failures import ClaimFailure
from course_lib.errors import CourseLibError
from course_lib.feedback.evidence import (
    Evidence,
    Given,
    Vector,
    close_to,
    true_numbers,
    with_arguments,
)
from course_lib.protocol.questions import Question

ENOUGH = 5  # inputs on which the change matters: fewer may agree by accident

Change = Callable[[Given], Mapping[str, Any]]
Counterfactual = tuple[str, Change]  # "b were 0", and the arguments that are then others


def counterfactual(evidence: Evidence) -> str:
    """One sentence, or "" where no plain change of the inputs explains the answers."""
    table = evidence.values
    if len(table) < ENOUGH or table.right.all():
        return ""
    with np.errstate(all="ignore"):
        for words, change in evidence.exercise.counterfactuals:
            if _explains(evidence, change):
                return f"On every input it answers as if {words}."
    return ""


def _explains(evidence: Evidence, change: Change) -> bool:
    """Whether the answers are what is right after the change, wherever it can be made."""
    matters = 0
    table = evidence.values
    for row in table.rows:
        changed = truth_after(evidence, row.question, row.given, change)
        if changed is None or changed.shape != row.got.shape or not np.isfinite(changed).all():
            continue
        if not close_to(changed, row.got, evidence.exercise.close).all():
            return False  # most changes are ruled out by the first input
        matters += not close_to(changed, row.expected, evidence.exercise.close).all()
    return matters >= ENOUGH


def truth_after(
    evidence: Evidence, question: Question, given: Given, change: Change
) -> Vector | None:
    """The right numbers after a change of the inputs; None where there are none."""
    try:
        other = changed_question(evidence.exercise, question, given, change)
        return true_numbers(evidence.exercise, other, evidence.truth)
    except CourseLibError:
        return None  # not in a student's record
    except (ValueError, ArithmeticError, AssertionError, ClaimFailure, np.linalg.LinAlgError):
        return None  # there is no right answer for such an input


def changed_question(
    exercise: Exercise, question: Question, given: Given, change: Change
) -> Question:
    """The question after the change."""
    new = {**given, **change(given)}
    return with_arguments(question, tuple(new[name] for name in exercise.arguments))


def of_numbers(names: Sequence[str]) -> list[Counterfactual]:
    """The changes that any numbers have: each ignored, or another one; two of them exchanged."""
    found: list[Counterfactual] = []
    for name in names:
        found += _of_one(name)
    for one, other in permutations(names, 2):
        found.append((f"{one} were what {other} is", _taken({one: other})))
        if one < other:
            found.append((f"{one} and {other} were exchanged", _taken({one: other, other: one})))
    return found


def _of_one(name: str) -> list[Counterfactual]:
    """Changes of one number, each under words for it."""
    changes: dict[str, Callable[[float], float]] = {
        f"{name} were 0": lambda value: 0.0,
        f"{name} were 1": lambda value: 1.0,
        f"{name} had the other sign": lambda value: -value,
        f"{name} were never negative": abs,
        f"{name} were twice as large": lambda value: 2.0 * value,
        f"{name} were half as large": lambda value: 0.5 * value,
        f"{name} were squared": lambda value: value * value,
        f"{name} were its own root": lambda value: float(np.sqrt(value)),
        f"{name} were its own logarithm": lambda value: float(np.log(value)),
        f"{name} were 1 over it": lambda value: 1.0 / value,
    }
    return [(words, _number(name, change)) for words, change in changes.items()]


def _number(name: str, change: Callable[[float], float]) -> Change:
    # float64, not Python's: 1 over 0 is infinity, for which there is no right answer
    return lambda given: {name: float(change(np.float64(np.asarray(given[name]))))}


def _taken(sources: Mapping[str, str]) -> Change:
    return lambda given: {name: given[source] for name, source in sources.items()}
