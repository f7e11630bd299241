"""What explanations ask the truth about an assignment's recorded inputs.

    data = record_of(assignment, extras=[ask_for_explanations])

A student's package has no truths. What the explainers, the pictures and the known mistakes will
ask there is asked here once, so that the record has the answers. An author's explanation that
raises is found here too, before a student's answer is the first to meet it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import numpy as np

from course_lib.claims.exercise import Exercise
from course_lib.claims.failures import ClaimFailure
from course_lib.claims.faults import fault_of
from course_lib.claims.judging import ClaimResult, Result
from course_lib.claims.sampling import Key, SamplingPlan
from course_lib.claims.shrinking import Failure
from course_lib.claims.student_proxy import right_student
from course_lib.errors import CourseLibError
from course_lib.feedback import variations
from course_lib.feedback.counterfactuals import changes_of, right_after
from course_lib.feedback.diagnosis import MORE, picture
from course_lib.feedback.evidence import Evidence, true_numbers
from course_lib.feedback.mistake_archive import shipped
from course_lib.feedback.probe_inputs import SEED, drawn
from course_lib.feedback.signature import answer_or_none
from course_lib.feedback.variations import NO_NUMBERS
from course_lib.protocol.questions import Answer, Question
from course_lib.protocol.values import Numbers, key
from course_lib.unwarned import unwarned


def ask_for_explanations(plan: SamplingPlan) -> None:
    """Ask the plan's truth all that may be asked about its inputs to explain a wrong answer."""
    with unwarned():  # of inputs that no truth was made for
        _ask(plan)


def _ask(plan: SamplingPlan) -> None:
    archive = shipped(plan.assignment)
    for exercise in plan.assignment.exercises.values():
        _of_evidence(plan, exercise)
        _of_pictures(plan, exercise)
        if not exercise.slow:
            asked = drawn(plan, exercise, SEED, MORE)
            for question in (*variations.every_question(plan, exercise), *asked):
                with contextlib.suppress(NO_NUMBERS):
                    true_numbers(exercise, question, plan.truth)
        if exercise.name in archive:
            for question in archive[exercise.name].known.questions:
                with contextlib.suppress(NO_NUMBERS):
                    plan.truth.answer(question)


def _of_evidence(plan: SamplingPlan, exercise: Exercise) -> None:
    """What the table of expected and got asks, and the truths after every plain change."""
    answers = {
        question.key: answer_or_none(plan.truth, question)
        for question in plan.questions[exercise.name]
    }
    evidence = Evidence(plan, Result(exercise, [], answers))
    with np.errstate(all="ignore"):
        assert evidence.gradients is not None
        for words, change in changes_of(evidence):
            what = f"the change {words!r} of {exercise.name} failed"
            with _blamed_on_author(plan, what):
                for row in evidence.values.every:
                    right_after(evidence, row, change)
    _try_explanations(plan, exercise, answers)


def _try_explanations(
    plan: SamplingPlan, exercise: Exercise, answers: dict[object, Answer]
) -> None:
    """Put wrong numbers before the author's explanations. Raises AuthorFault where one raises."""
    wrong = {key: _doubled(answer) for key, answer in answers.items()}
    evidence = Evidence(plan, Result(exercise, [], wrong))
    for explain in (*exercise.hints, *exercise.late_hints):
        name = getattr(explain, "__name__", "without a name")
        what = f"the explanation {name} of {exercise.name} failed on wrong numbers"
        with _blamed_on_author(plan, what), np.errstate(all="ignore"):
            explain(evidence)


@contextlib.contextmanager
def _blamed_on_author(plan: SamplingPlan, what: str) -> Iterator[None]:
    """AuthorFault that says `what`, and where, for what an author's code raises."""
    try:
        yield
    except (CourseLibError, ClaimFailure):
        pass
    except Exception as error:
        raise fault_of(error, plan.assignment.folder, what) from error


def _doubled(answer: Answer) -> Answer:
    """An answer with every number twice as large, and one more."""
    match answer.value:
        case Numbers() if answer.value.values.dtype.kind == "f":
            numbers = answer.value
            return Answer(Numbers(numbers.kind, numbers.dtype, 2 * numbers.values + 1))
        case float():
            return Answer(2 * answer.value + 1)
        case tuple() | list():
            kind = type(answer.value)
            return Answer(kind(_doubled(Answer(part)).value for part in answer.value))
    return answer


def _of_pictures(plan: SamplingPlan, exercise: Exercise) -> None:
    """What each picture asks about each failing input that may be shown."""
    drawn: set[Key] = set()  # pictures of claims that try the same arguments are the same
    for claim in exercise.claims:
        place = exercise.name, claim.name
        for inputs in [*plan.inputs[place], *plan.ladder.get(place, [])]:
            asked: list[Question] = []
            student = right_student(plan.assignment, plan.truth, asked.append)  # type: ignore[arg-type]  # it returns nothing
            with contextlib.suppress(NO_NUMBERS), np.errstate(all="ignore"):
                claim.body(student, plan.truth_for(exercise), **inputs)
            if not asked or (arguments := _arguments(asked[0])) in drawn:
                continue
            drawn.add(arguments)
            failure = Failure(inputs, ClaimFailure("", ""), tuple(asked[:1]))
            result = Result(exercise, [ClaimResult(claim, failure)])
            for number in range(len(exercise.pictures)):
                _of_picture(plan, result, number)


def _arguments(question: Question) -> Key:
    return (question.function, *map(key, question.steps[-1].arguments))


def _of_picture(plan: SamplingPlan, result: Result, number: int) -> None:
    """One picture, of right answers; others are not asked, though they would come before it."""
    exercise = result.exercise
    every = exercise.pictures
    exercise.pictures = [every[number]]
    try:
        picture(plan, result, lambda questions: _right(plan, questions), [])
    finally:
        exercise.pictures = every


def _right(plan: SamplingPlan, questions: list[Question]) -> list[Answer]:
    return [answer_or_none(plan.truth, question) for question in questions]
