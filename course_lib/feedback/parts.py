"""Which parts of an answer are wrong, of whatever kind it is, and on how many inputs it is.

    wrong_parts(evidence)     # "Only “share” is ever wrong."
    wrong_methods(evidence)   # "Wrong answers come from `add` on 9 of 20 inputs that were tried."
    one_way(evidence)         # "It says False on 9 inputs where True is right; …"
    how_often(evidence)       # "It is right on 12 of 20 inputs that were tried, and wrong on 8."

Parts are what a dict, a table or a tuple has. They say only what was counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_lib.errors import CourseLibError
from course_lib.feedback.evidence import Evidence, close_to
from course_lib.feedback.patterns import PLACES
from course_lib.protocol.questions import Answer
from course_lib.protocol.values import Numbers, Table, numbers_of
from course_lib.text import listed

FEW = 5  # inputs, below which nothing is counted


def wrong_parts(evidence: Evidence) -> str:
    """The parts that are wrong on some input, if others never are."""
    wrong: set[str] = set()
    names: list[str] = []
    count = 0
    for due, came in _answers(evidence):
        pairs = _parts(due, came)
        if pairs is None:
            return ""
        count += 1
        names = names or list(pairs)
        if list(pairs) != names:
            return ""
        wrong |= {n for n, (one, other) in pairs.items() if not same(one, other, evidence)}
    if count < FEW or not wrong or len(wrong) == len(names):
        return ""
    bad = [name for name in names if name in wrong]
    if len(bad) == 1:
        return f"Only {bad[0]} is ever wrong; all else in it is right on every input."
    return f"Only {listed(bad)} are ever wrong; all else in it is right."


def how_often(evidence: Evidence) -> str:
    """On how many of the inputs it is right; "" where the answers cannot be compared."""
    shown = {question.key for question in evidence.shown_questions}
    right = wrong = doubtful = 0
    for question, answer in evidence.questions():
        if question.mode != "value":
            continue
        due = _due(evidence, question)
        if due is None:
            continue
        fits = answer.error is None and same(due.value, answer.value, evidence)
        good = fits and question.key not in shown  # what is shown does not hold, however close
        right, wrong = right + good, wrong + (not good)
        doubtful += fits and not good
    total = right + wrong
    if total < FEW or wrong == doubtful:  # all numbers are right: something else does not hold
        return ""
    if not right:
        return f"It is wrong on all {total} inputs that were tried."
    return f"It is right on {right} of {total} inputs that were tried, and wrong on {wrong}."


def one_way(evidence: Evidence) -> str:
    """Of a function that says yes or no: it is wrong one way only, on some of the inputs."""
    missed: list[bool] = []
    right: list[bool] = []
    for due, came in _answers(evidence):
        plain = came.values.item() if _is_one(came) else came
        if type(due) is not bool or type(plain) is not bool:
            return ""
        (right if due == plain else missed).append(due)
    if len(missed) < FEW or len(set(missed)) > 1 or (not missed[0]) not in right:
        return ""
    due = missed[0]
    return (
        f"It says {not due} on {len(missed)} inputs where {due} is right; where {not due} is "
        "right, it always says so."
    )


def wrong_methods(evidence: Evidence) -> str:
    """The methods of a class whose answers are wrong, of those that are asked."""
    if not evidence.exercise.makes_objects:
        return ""
    counts: dict[str, list[int]] = {}
    for question in evidence.plan.questions.get(evidence.exercise.name, []):
        answer, due = evidence.result.answers.get(question.key), _due(evidence, question)
        if question.simple or answer is None or due is None:
            continue
        fits = answer.error is None and same(due.value, answer.value, evidence)
        counts.setdefault(question.steps[-1].name, [0, 0])[fits] += 1
    wrong = [f"`{name}` on {bad} of {bad + good}" for name, (bad, good) in counts.items() if bad]
    if not wrong or sum(map(sum, counts.values())) < FEW:
        return ""
    return f"Wrong answers come from {' and '.join(wrong)} inputs that were tried."


def _answers(evidence: Evidence) -> Iterator[tuple[Any, Any]]:
    """The right value and the student's, for each question for a value that was answered."""
    if _has_one_answer(evidence):
        for _, answer, due in evidence.compared():
            if isinstance(due, Answer) and due.error is None:
                yield due.value, answer.value


def _has_one_answer(evidence: Evidence) -> bool:
    return evidence.exercise.unique and not evidence.exercise.up_to_a_constant


def _due(evidence: Evidence, question: Any) -> Answer | None:
    """The right answer; None where it is not the only one, an object, or not recorded."""
    if not _has_one_answer(evidence):
        return None
    try:
        due = evidence.truth.answer(question)
    except CourseLibError:
        return None
    return due if isinstance(due, Answer) and due.error is None else None


def _parts(due: Any, came: Any) -> dict[str, tuple[Any, Any]] | None:
    """The parts of both by their names; None where the two are not made alike."""
    match due:
        case dict() | Table():
            if not isinstance(came, dict | Table) or list(due) != [n for n in due if n in came]:
                return None
            return {f"“{name}”": (due[name], came[name]) for name in due}
        case tuple() if 1 < len(due) <= len(PLACES):
            if not isinstance(came, tuple | list) or len(came) != len(due):
                return None
            pairs = zip(due, came, strict=True)
            return {f"the {PLACES[k]} part": pair for k, pair in enumerate(pairs)}
    return None


def same(due: Any, came: Any, evidence: Evidence) -> bool:
    """Whether a value is right, numbers within what the exercise calls close."""
    match due:
        case bool() | str() | None:
            plain = came.values.item() if _is_one(came) else came
            return type(plain) is type(due) and plain == due
        case dict() | Table():
            if not isinstance(came, dict | Table) or set(due) - set(came):
                return False
            return all(same(due[name], came[name], evidence) for name in due)
        case complex():
            return isinstance(came, int | float | complex) and abs(came - due) <= _within(
                evidence
            ) * max(abs(due), 1.0)
    one, other = numbers_of(due), numbers_of(came)
    if one is not None and other is not None:
        return one.shape == other.shape and bool(close_to(one, other, _within(evidence)).all())
    if isinstance(due, tuple | list) and isinstance(came, tuple | list):
        return len(due) == len(came) and all(
            same(a, b, evidence) for a, b in zip(due, came, strict=True)
        )
    return False


def _within(evidence: Evidence) -> float:
    return evidence.exercise.close


def _is_one(value: Any) -> bool:
    return isinstance(value, Numbers) and np.size(value.values) == 1
