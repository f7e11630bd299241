"""Where an answer goes wrong is said in terms of the inputs, and only where it is plain."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from course_lib import reference
from course_lib.calls.answer import Answer, Call
from course_lib.checks import load
from course_lib.checks.judging import Plan, judge
from course_lib.checks.whereabouts import whereabouts

PLAN = Plan.draw(load("00_worksheet"), seed=9, only=["tf_log_like", "grad_log_like"])
Respond = Callable[[Call], Answer]


def said(name: str, respond: Respond) -> str:
    exercise = PLAN.checks.exercises[name]
    result = judge(PLAN, exercise, lambda calls: [respond(call) for call in calls], 0.0)
    return whereabouts(PLAN, result)


def likelihood(value: Callable[..., float]) -> Respond:
    exercise = PLAN.checks.exercises["tf_log_like"]

    def respond(call: Call) -> Answer:
        if call.mode == "gradient":
            return exercise.true_answer(call)
        return Answer.of_values(value(*call.arguments))

    return respond


def floored(x, y, m, b, s):
    return reference.log_like(x, y, m, b, max(s, 1e-5))


def noisy(x, y, m, b, s):
    size = np.abs(reference.log_like(x, y, m, b, s))
    return reference.log_like(x, y, m, b, s) + np.where(s * 1e3 % 1 < 0.5, 1, -1) * size


def test_a_floor_is_found_by_its_scale() -> None:
    assert said("tf_log_like", likelihood(floored)).startswith("It is right for s from ")


def test_the_number_of_points_is_found() -> None:
    def one_too_many(x, y, m, b, s):
        return reference.log_like(x, y, m, b, s) + (len(x) > 2) * len(x) ** 2

    sentence = said("tf_log_like", likelihood(one_too_many))
    assert sentence == "It is right for the number of points up to 2, and wrong beyond."


def test_right_digits_are_counted() -> None:
    def five_digits(x, y, m, b, s):
        value = reference.log_like(x, y, m, b, s)
        return value * (1 + 1e-5 * (1 + 0.5 * np.sin(value)))

    assert said("tf_log_like", likelihood(five_digits)).startswith("It is right to about 5 digits")


def test_a_right_value_with_a_wrong_derivative() -> None:
    exercise = PLAN.checks.exercises["tf_log_like"]

    def respond(call: Call) -> Answer:
        answer = exercise.true_answer(call)
        if call.mode == "value":
            return answer
        by_m, by_b, by_s = (part.values for part in answer.parts)
        return Answer.of_values(by_m, by_b, 0.5 * by_s, container="tuple")

    sentence = said("tf_log_like", respond)
    assert sentence.startswith("The number is right on every input, and its derivative by s is not")


def test_one_of_three_numbers() -> None:
    def respond(call: Call) -> Answer:
        by_m, by_b, by_s = reference.grad_log_like(*call.arguments)
        return Answer.of_values(by_m, by_b + 1.0, by_s, container="tuple")

    assert said("grad_log_like", respond) == "Of the 3 numbers only the second is wrong."


@pytest.mark.parametrize(("sign", "word"), [(1, "large"), (-1, "small")])
def test_the_side_on_which_it_errs(sign: int, word: str) -> None:
    def off(x, y, m, b, s):
        value = reference.log_like(x, y, m, b, s)
        return value + sign * (1 + np.abs(value) * (1 + np.sin(1e3 * s)))

    assert said("tf_log_like", likelihood(off)) == f"Wherever it is wrong, it is too {word}."


def test_nothing_is_said_where_nothing_is_plain() -> None:
    assert said("tf_log_like", likelihood(noisy)) == ""
    assert said("tf_log_like", PLAN.checks.exercises["tf_log_like"].true_answer) == ""


def test_a_value_that_rounds_to_nothing_is_right_and_its_derivative_is_looked_at() -> None:
    """1 + m² is 1 for a tiny m: no digit of the log is left, and none is missed."""
    plan = Plan.draw(load("00_worksheet"), seed=9, only=["log_prior"])
    exercise = plan.checks.exercises["log_prior"]

    def respond(call: Call) -> Answer:
        m = float(np.asarray(call.arguments[0]))
        if call.mode == "gradient":
            return Answer.of_values(0.0, container="tuple")
        return Answer.of_values(-1.5 * np.log(1.0 + m**2))

    result = judge(plan, exercise, lambda calls: [respond(call) for call in calls], 0.0)
    assert whereabouts(plan, result).startswith("The number is right on every input, and its deriv")


def test_another_rounding_of_a_gradient_that_vanishes_is_right() -> None:
    """At a best fit the truth is rounding: no part that is right may count as wrong there."""

    def respond(call: Call) -> Answer:
        x, y, m, b, s = (np.asarray(argument) for argument in call.arguments)
        z = (y - b - m * x) / s
        by_s = np.sum(z * z) / s - len(x) / s**2
        return Answer.of_values(np.sum(x * z / s), np.sum(z / s), by_s, container="tuple")

    assert said("grad_log_like", respond).startswith("Of the 3 numbers only the third is wrong")


def test_it_is_not_called_right_where_a_failure_is_shown() -> None:
    """A claim about two scales shows the one that was asked first, which may be the right one."""
    exercise = PLAN.checks.exercises["tf_log_like"]

    def respond(call: Call) -> Answer:
        if call.mode == "gradient":
            return Answer.of_values(1.0, 1.0, 1.0, container="tuple")
        x, y, m, b, s = (np.asarray(argument) for argument in call.arguments)
        value = reference.log_like(x, y, m, b, s)
        off = np.sign(np.sin(1e5 * m)) * (1 + np.sin(1e3 * y.sum()) + np.abs(value))
        return Answer.of_values(value + off * (s != 1.0))

    result = judge(PLAN, exercise, lambda calls: [respond(call) for call in calls], 0.0)
    calls = [claim.failure.call for claim in result.claims if claim.failure is not None]
    assert any(call is not None and call.arguments[-1] == 1.0 for call in calls)
    assert "It is right where |log s| is 0" not in whereabouts(PLAN, result)
