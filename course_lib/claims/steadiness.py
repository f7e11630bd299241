"""Whether a function gives the same answer when the same is asked again.

answers |= unsteady(plan, exercise, answers, ask)    # the answers that do not stay the same
"""

from __future__ import annotations

import numpy as np

from course_lib.claims.exercise import Exercise
from course_lib.claims.sampling import Ask, Key, SamplingPlan
from course_lib.protocol.questions import Answer
from course_lib.protocol.values import numbers_of


def unsteady(
    plan: SamplingPlan, exercise: Exercise, answers: dict[Key, Answer], ask: Ask
) -> dict[Key, Answer]:
    """The answers to questions of the gates that are others when the same is asked once more.

    A function that counts its calls could else walk through claims that compare two of them. A gate
    that puts one question compares it with the truth, which no count is near: it is not repeated.
    """
    gates = [
        plan.asked_about(claim, drawn[-1])
        for claim in exercise.claims
        if claim.gate and (drawn := plan.inputs[exercise.name, claim.name])
    ]
    questions = {
        question.key: question
        for asked in gates
        if len(asked) > 1
        for question in asked
        if question.key in answers and answers[question.key].error is None
    }
    again = ask(list(questions.values())) if questions else []
    return {
        key: Answer.failed("returned", "another number when it was asked the same question again")
        for (key, _), answer in zip(questions.items(), again, strict=True)
        if answer.error is None and not _alike(answers[key], answer, exercise.close)
    }


def _alike(one: Answer, other: Answer, close: float) -> bool:
    """Whether two answers are the same, but for what a search or a sum in parallel may differ by.

    close: how far, relatively, a right answer of the exercise may be from the truth. A count that
    starts so high that its steps are smaller is left to the order of the questions.
    """
    first, second = numbers_of(one.value), numbers_of(other.value)
    if first is None or second is None:
        return True  # not numbers: no count that comes close to the truth
    if first.shape != second.shape:
        return False
    with np.errstate(all="ignore"):
        size = max(float(np.max(np.abs(first), initial=0.0)), 1e-300)
        return bool(
            np.all(
                (np.abs(first - second) <= close * size)
                | (first == second)
                | (np.isnan(first) & np.isnan(second))
            )
        )
