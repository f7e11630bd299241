"""One function's answers to a list of questions, as arrays that can be compared.

    given = Signature.of(exercise, questions, answers, truth, width)
    given.numbers, given.labels, given.kinds      # [questions, width], [questions], [questions]

Beside it: how far a right answer may be from the truth on each question (`noise_of`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.claims.exercise import Exercise
from course_lib.claims.failures import ClaimFailure
from course_lib.claims.student_proxy import numbers as read_numbers
from course_lib.claims.truth import Truth
from course_lib.digest import short
from course_lib.feedback.evidence import with_arguments
from course_lib.protocol.questions import Answer, Question
from course_lib.protocol.values import Callback, Numbers, Value, key, numbers_of

# Rounding on an input: a multiple of the solution's own error, and at least a few units of float64
# in the answer or in any of the numbers that it is made from. The same formula, written another
# way, is off by as much, which is a lot at an ill-conditioned input.
EPS = float(np.finfo(np.float64).eps)
ROUNDING, FLOOR = 32.0, 64 * EPS
STEP, TRIES = 2.0**-24, 3  # relative change of the inputs by which conditioning is measured
# Significant ones of a number that stands beside something else than numbers: two programs with one
# mistake differ by rounding, which is in the sixteenth digit or, where much cancels, in the tenth.
DIGITS = 6
UNSTEADY = "another answer when it is asked again"
LONGEST = 120  # characters of a label that count
WIDEST = 64  # numbers of one answer that count


@dataclass(frozen=True, eq=False)
class Signature:
    """Answers to a list of questions as arrays.

    numbers: ``[questions, width]``, NaN where there are none. labels: ``[questions]``, why there
    are none, or empty. kinds: ``[questions]``, what kind of thing came back.
    """

    numbers: NDArray[np.float64]
    labels: NDArray[np.str_]
    kinds: NDArray[np.str_]

    @property
    def different(self) -> int:
        """How many different answers there are."""
        rows = zip(self.numbers.tolist(), self.labels.tolist(), strict=True)
        return len({(repr(numbers), label) for numbers, label in rows})

    @classmethod
    def of(
        cls,
        exercise: Exercise,
        questions: Sequence[Question],
        answers: Sequence[Answer],
        truth: Truth,
        width: int,
    ) -> Signature:
        """Describe one function's answers; `width` numbers of each are looked at."""
        numbers = np.full((len(questions), width), np.nan)
        labels, kinds = [], []
        for row, question, answer in zip(numbers, questions, answers, strict=True):
            label = ""
            try:
                found = read_numbers(exercise, question, answer, truth)[:width]
                row[: len(found)] = found
                row[len(found) :] = 0.0
            except ClaimFailure:
                label = _any_sequence(_why(answer))
                if question.mode == "gradient" and isinstance(answer.value, tuple):
                    # some derivatives may be there, others None
                    parts = [_number(part) for part in answer.value][:width]
                    row[: len(parts)] = parts
            labels.append(label[:LONGEST])
            kinds.append(("" if answer.error else _kind(question, answer))[:LONGEST])
        if _is_unsteady(questions, answers):  # its numbers are others each time
            found_some = [answer.error is None for answer in answers]
            numbers[found_some] = np.nan
            labels = [
                UNSTEADY if some else label for some, label in zip(found_some, labels, strict=True)
            ]
        return cls(numbers, np.array(labels, dtype=str), np.array(kinds, dtype=str))


def without_constant(
    questions: Sequence[Question], given: Signature, right: Signature
) -> Signature:
    """Take from values the constant by which most of them differ from the truth, and so much a
    number of data: a log density is right up to one.

    By medians, so that two functions that differ by a constant are equal after it, whatever else is
    wrong with both.
    """
    values = np.array([question.mode == "value" for question in questions])
    size = np.array([numbers_in(question) for question in questions], dtype=float)
    off = given.numbers[:, 0] - right.numbers[:, 0]
    one, other = np.triu_indices(len(off), 1)
    there = values & np.isfinite(off)
    with np.errstate(invalid="ignore", divide="ignore"):
        slopes = (off[one] - off[other]) / (size[one] - size[other])
    slopes = slopes[there[one] & there[other] & np.isfinite(slopes)]
    each = float(np.median(slopes)) if slopes.size else 0.0
    if there.any():
        off = each * size + np.median((off - each * size)[there])
    numbers = given.numbers.copy()
    numbers[there, 0] -= off[there]
    return replace(given, numbers=numbers)


def numbers_in(question: Question) -> int:
    """How many numbers its arguments are."""
    return sum(_numbers_in(argument) for step in question.steps for argument in step.arguments)


def _numbers_in(argument: Any) -> int:
    if isinstance(argument, (tuple, list)):
        return sum(map(_numbers_in, argument))
    return int(np.size(argument)) if isinstance(argument, np.ndarray) else 1


def width_of(exercise: Exercise, questions: Sequence[Question], truth: Truth) -> int:
    """How many numbers of an answer are looked at: as many as right answers have, up to a limit."""
    most = max(len(exercise.differentiable), 1)
    for question in questions:
        answer = truth.answer(question)
        found = numbers_of(answer.value) if isinstance(answer, Answer) else None
        most = max(most, len(found) if found is not None else 1)
    return min(most, WIDEST)


def _number(value: Value) -> float:
    """The number, or NaN where there is none, or more than one."""
    found = numbers_of(value)
    return float(found[0]) if found is not None and found.size == 1 else np.nan


def _kind(question: Question, answer: Answer) -> str:
    """What kind of thing came back, and how often a callback was called on the way."""
    said = _any_sequence(answer.describe())
    return f"{answer.count} calls, {said}" if has_callback(question) else said


def has_callback(question: Question) -> bool:
    """Whether a function of the grader's is among its arguments."""
    return any(isinstance(a, Callback) for step in question.steps for a in step.arguments)


def repeated(questions: Sequence[Question]) -> Iterator[tuple[int, int]]:
    """The places of questions and of the same questions asked again."""
    first = {q.key_once: place for place, q in enumerate(questions) if not q.again}
    for place, question in enumerate(questions):
        if question.again and question.key_once in first:
            yield first[question.key_once], place


def _is_unsteady(questions: Sequence[Question], answers: Sequence[Answer]) -> bool:
    """Whether the same question, asked again, was answered otherwise."""
    asked = [(answers[one], answers[other]) for one, other in repeated(questions)]
    return any(
        one.error is None and other.error is None and _rounded(one.value) != _rounded(other.value)
        for one, other in asked
    )


def _any_sequence(said: str) -> str:
    """What came back, where a list is as good as a tuple."""
    return said.replace("list", "tuple")


def _why(answer: Answer) -> str:
    """What came back in place of numbers; of an exception its type, for its words may quote the
    input."""
    if answer.error is None:
        if answer.value is None:
            return "returned None"
        return f"{answer.describe()[: LONGEST - 20]} {short(_rounded(answer.value))}"
    if answer.error.kind == "raised":
        return f"raised {answer.error.message.split(':')[0].split('.')[-1]}"
    return f"{answer.error.kind} {answer.error.message.split(':')[0]}"


def _rounded(value: Value) -> object:
    """A value as it is compared where it is not numbers: to some digits, lists as tuples."""
    match value:
        case bool() | str() | None:
            return value
        case float():
            return f"{value:.{DIGITS}g}"
        case Numbers() if value.values.dtype.kind == "f":
            flat = (f"{number:.{DIGITS}g}" for number in value.values.ravel().tolist())
            return (value.values.shape, *flat)
        case tuple() | list():
            return tuple(map(_rounded, value))
        case dict():
            return tuple((_rounded(name), _rounded(item)) for name, item in value.items())
    return key(value)


def answer_or_none(truth: Truth, question: Question) -> Answer:
    """The right answer; an answer without a value where an object is made."""
    found = truth.answer(question)
    return found if isinstance(found, Answer) else Answer.failed("returned", "an object")


def noise_of(
    exercise: Exercise,
    questions: Sequence[Question],
    right: Signature,
    solution: Signature,
    truth: Truth,
) -> NDArray[np.float64]:
    """How far a right answer may be from the truth, ``[questions, width]``."""
    size = np.nan_to_num(np.abs(right.numbers))
    own = np.abs(solution.numbers - right.numbers)
    condition = _condition(exercise, questions, right, truth)
    return ROUNDING * np.nan_to_num(own) + FLOOR * (size + condition)


def _condition(
    exercise: Exercise, questions: Sequence[Question], right: Signature, truth: Truth
) -> NDArray[np.float64]:
    """How much the truth changes, for each relative change of one argument.

    All numbers of one argument at a time are moved by STEP, each up or down; summed over the
    arguments, the largest of some tries.
    """
    rng = np.random.default_rng(TRIES)
    found = np.zeros_like(right.numbers)
    for row, question, due in zip(found, questions, right.numbers, strict=True):
        for place, argument in enumerate(question.arguments):
            value = _floats(argument)
            if value is None:
                continue
            changes = []
            for _ in range(TRIES if value.ndim else 1):
                moved = value * (1 + STEP * rng.choice([-1.0, 1.0], size=value.shape))
                arguments = list(question.arguments)
                arguments[place] = moved if value.ndim else float(moved)
                there = _right(
                    exercise, with_arguments(question, tuple(arguments)), truth, len(due)
                )
                changes.append(np.abs(there - due))
            row += np.nan_to_num(np.max(changes, axis=0)) / STEP
    return found


def _floats(argument: Value) -> NDArray[np.float64] | None:
    """A float, or an array of floats; None for anything else."""
    if isinstance(argument, float):
        return np.asarray(argument)
    if isinstance(argument, np.ndarray) and argument.dtype.kind == "f":
        return argument
    return None


def _right(exercise: Exercise, question: Question, truth: Truth, width: int) -> NDArray[np.float64]:
    """The right numbers of another question; NaN where there are none."""
    try:
        answer = answer_or_none(truth, question)
        return Signature.of(exercise, [question], [answer], truth, width).numbers[0]
    except Exception:  # a truth refuses what it was not made for by any
        return np.full(width, np.nan)
