"""Answers that are made here, to an assignment of the tests' own: no TensorFlow, no process.

judged(plan, altered(lambda value, question: 2 * value))      # a student who is off by a factor
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from course_lib.claims.judging import Result, judge
from course_lib.claims.loading import load_folder
from course_lib.claims.sampling import Ask, SamplingPlan
from course_lib.claims.truth import Truth
from course_lib.protocol.questions import Answer, Question
from course_lib.protocol.values import Numbers, numbers_of

Respond = Callable[[Question], Answer]

ORDER = ("log_like", "grad_log_like", "fit_line")
LINE = load_folder("line", Path(__file__).parent / "line", order=ORDER)
TRUTH = Truth(LINE)
log_like, grad_log_like = LINE.helpers["value"], LINE.helpers["gradient"]


def tensor(value: Any) -> Numbers:
    """A float64 tensor."""
    return Numbers("tensor", "float64", np.asarray(value, dtype=np.float64))


def tensors(*values: Any) -> Answer:
    """One float64 tensor, or a tuple of several."""
    parts = tuple(map(tensor, values))
    return Answer(parts if len(parts) > 1 else parts[0])


def right(question: Question) -> Answer:
    """The right answer to a question about the line."""
    answer = TRUTH.answer(question)
    assert isinstance(answer, Answer)
    return answer


def altered(change: Callable[[Any, Question], Any]) -> Respond:
    """A student whose values, not gradients, are the right ones with `change` made to them."""

    def respond(question: Question) -> Answer:
        true = right(question)
        if question.mode == "gradient":
            return true
        return tensors(*change(numbers_of(true.value), question))

    return respond


def each(respond: Respond) -> Ask:
    """Answers questions one by one."""
    return lambda questions: [respond(question) for question in questions]


def judged(
    plan: SamplingPlan, respond: Respond, name: str = "log_like", shrinking: bool = True
) -> Result:
    """What the claims say of a student."""
    return judge(plan, plan.assignment.exercises[name], each(respond), shrinking)
