"""The same question asked again, and questions in which one argument is another.

changes_when_asked_again(plan, result, ask)    # "random": another answer each time
unnoticed(plan, result, ask)                   # ("y",): it answers the same whatever y is
remembered(plan, result, ("y",), ask)          # ("y",): it answers for the y of an earlier call
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Literal

import numpy as np

from course_lib.claims.exercise import Exercise
from course_lib.claims.failures import ClaimFailure
from course_lib.claims.judging import Result
from course_lib.claims.sampling import Ask, SamplingPlan
from course_lib.claims.student_proxy import numbers
from course_lib.claims.truth import Truth
from course_lib.feedback.evidence import (
    Vector,
    close_to,
    is_yes_or_no,
    true_numbers,
    with_arguments,
)
from course_lib.feedback.probe_inputs import SEED, drawn
from course_lib.protocol.questions import Answer, Question
from course_lib.protocol.values import key, numbers_of

INPUTS = 3  # on which an argument has to make no difference
TELLING = 2  # of them, on which the right answer does change with it
REPEATED = 8  # questions that are asked again
AGAIN = (11, 12, 13)  # which repetitions these are: others than a claim asks for
ALIKE = 1e-9  # relative: sums in parallel differ by less from one call to the next
NO_NUMBERS = Exception  # a truth refuses what it was not made for by any

Change = Literal["", "each time", "after the first"]


def changes_when_asked_again(plan: SamplingPlan, result: Result, ask: Ask) -> Change:
    """Whether the answer to one question is another each time, or another after the first time."""
    exercise = result.exercise
    if not exercise.unique or exercise.variable or result.status != "failed":
        return ""
    # Who draws a number to accept or refuse may answer one question alike each time.
    for question in islice(_answered(plan, result), 1 if exercise.slow else REPEATED):
        times = AGAIN[:1] if exercise.slow else AGAIN
        asked = [Question(question.steps, question.takes, again) for again in times]
        answers = [result.answers[question.key], *ask(asked)]
        if any(answer.error is not None for answer in answers):
            continue
        within = max(ALIKE, exercise.approximate or 0.0)
        different = _different(answers, within)
        if different == 1:
            continue
        return "each time" if different == len(answers) > 2 else "after the first"
    return ""


def _answered(plan: SamplingPlan, result: Result) -> Iterator[Question]:
    """The questions for a value, of one call each, that were answered; the shown ones first."""
    name = result.exercise.name
    failures = [claim.failure for claim in result.claims if claim.failure is not None]
    shown = [f.question for f in failures if f.question is not None]
    every = {question.key: question for question in (*shown, *plan.questions.get(name, []))}
    for question in every.values():
        answer = result.answers.get(question.key)
        simple = question.simple and question.function == name and question.mode == "value"
        if simple and answer is not None and answer.error is None and not question.again:
            yield question


def _different(answers: Sequence[Answer], within: float) -> int:
    """How many different answers there are."""
    kept: list[Answer] = []
    for answer in answers:
        if not any(_alike(answer, other, within) for other in kept):
            kept.append(answer)
    return len(kept)


def _alike(one: Answer, other: Answer, within: float) -> bool:
    first, second = numbers_of(one.value), numbers_of(other.value)
    if first is None or second is None:
        return _key(one) == _key(other)
    if first.shape != second.shape:
        return False
    with np.errstate(all="ignore"):
        size = float(np.max(np.abs(first), initial=0.0))
        same = (np.abs(first - second) <= within * size) | (first == second)
        return bool(np.all(same | (np.isnan(first) & np.isnan(second))))


def _key(answer: Answer) -> object:
    try:
        return key(answer.value)
    except TypeError:  # a figure: not compared
        return None


def unnoticed(plan: SamplingPlan, result: Result, ask: Ask) -> tuple[str, ...]:
    """The arguments of a quick function that it does not notice, where a right one would."""
    exercise = result.exercise
    if exercise.slow or result.status != "failed" or exercise.makes_objects:
        return ()
    noticed, told = set[str](), Counter[str]()
    for base, moved in moved_questions(plan, exercise):
        right = _truth_or_none(plan, exercise, base)
        if right is not None and is_yes_or_no(plan.truth.answer(base)):
            return ()  # three times yes is no sign that something goes unnoticed
        dues = {name: _truth_or_none(plan, exercise, q) for name, q in moved.items()}
        others = {name: due for name, due in dues.items() if due is not None}
        if right is None or not others:
            continue
        asked = [base, *(moved[name] for name in others)]
        before, *after = _numbers_of_all(plan, exercise, asked, ask)
        if before is None or not np.isfinite(before).all():
            return ()
        for (name, due), came in zip(others.items(), after, strict=True):
            noticed |= set() if _same(came, before) else {name}
            if due.shape != right.shape or not close_to(right, due, exercise.close).all():
                told[name] += 1  # elsewhere the argument makes no difference beyond rounding
    return tuple(n for n in exercise.arguments if told[n] >= TELLING and n not in noticed)


def _truth_or_none(plan: SamplingPlan, exercise: Exercise, question: Question) -> Vector | None:
    """The right numbers; None where there is no right answer for such an input."""
    try:
        return true_numbers(exercise, question, plan.truth)
    except NO_NUMBERS:
        return None


def remembered(
    plan: SamplingPlan, result: Result, names: Sequence[str], ask: Ask
) -> tuple[str, ...]:
    """Those of the arguments `names` for which it gives what it gave for an earlier call's.

    All other arguments are new ones: then the call that comes first is right, and the second, with
    another value of the argument, is answered like the first.
    """
    exercise = result.exercise
    found: set[str] = set()
    for base, moved in moved_questions(plan, exercise):
        for name in names:
            if name not in moved:
                continue
            pair = _with_others_new(exercise, base, moved[name], name)
            try:
                due = [true_numbers(exercise, question, plan.truth) for question in pair]
            except NO_NUMBERS:
                continue
            came = _numbers_of_all(plan, exercise, pair, ask)
            if _is_first_twice(due, came, exercise.close):
                found.add(name)
        break  # what is new once is known afterwards
    return tuple(name for name in names if name in found)


def _with_others_new(
    exercise: Exercise, base: Question, moved: Question, name: str
) -> list[Question]:
    """Two questions that differ in one argument; all others are as in no earlier question."""
    place = exercise.arguments.index(name)
    new = [_moved(argument, 2.3) for argument in base.arguments]
    fresh = [n if n is not None else a for n, a in zip(new, base.arguments, strict=True)]
    pair = []
    for source in (moved, base):
        arguments = list(fresh)
        arguments[place] = source.arguments[place]
        pair.append(with_arguments(base, tuple(arguments)))
    return pair


def every_question(plan: SamplingPlan, exercise: Exercise) -> Iterator[Question]:
    """All questions of this module whose right answers are needed."""
    for base, moved in moved_questions(plan, exercise):
        yield from (base, *moved.values())
        for name, question in moved.items():
            yield from _with_others_new(exercise, base, question, name)


def _is_first_twice(due: Sequence[Vector], came: Sequence[Vector | None], close: float) -> bool:
    one, other = came
    return (
        one is not None
        and one.shape == due[0].shape
        and bool(close_to(due[0], one, close).all())
        and _same(other, one)
        and not _same(due[1], due[0])
    )


def moved_questions(
    plan: SamplingPlan, exercise: Exercise
) -> Iterator[tuple[Question, dict[str, Question]]]:
    """A few questions, each with those in which one of its arguments, by name, is another."""
    for base in drawn(plan, exercise, SEED, INPUTS):
        if base.mode != "value" or not base.simple:
            continue
        moved = {}
        for place, name in enumerate(exercise.arguments[: len(base.arguments)]):
            value = _moved(base.arguments[place])
            if value is not None:
                arguments = list(base.arguments)
                arguments[place] = value
                moved[name] = with_arguments(base, tuple(arguments))
        yield base, moved


def _moved(value: Any, by: float = 1.5) -> Any:
    """Another number or array; None for anything else."""
    if isinstance(value, float):
        return by * value + 0.7
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return by * value + 0.7
    return None


def _same(one: Vector | None, other: Vector | None) -> bool:
    if one is None or other is None:
        return False
    return one.shape == other.shape and bool((one == other).all())


def _numbers_of_all(
    plan: SamplingPlan, exercise: Exercise, questions: list[Question], ask: Ask
) -> list[Vector | None]:
    answers = ask(questions)
    return [
        numbers_or_none(exercise, q, answer, plan.truth)
        for q, answer in zip(questions, answers, strict=True)
    ]


def numbers_or_none(
    exercise: Exercise, question: Question, answer: Answer, truth: Truth
) -> Vector | None:
    """The numbers of an answer; None where it has none."""
    try:
        return np.asarray(numbers(exercise, question, answer, truth))
    except ClaimFailure:
        return None
