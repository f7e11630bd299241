"""A mistake is named by the answers that it gives: by all of them, and by nothing else."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest

from course_lib import reference
from course_lib.calls.answer import Answer, Call, Part
from course_lib.checks import load
from course_lib.checks.answers import shipped
from course_lib.checks.judging import Plan
from course_lib.checks.mistakes import Known, Mistake, Signature

CHECKS = load("00_worksheet")
SHIPPED = shipped(CHECKS)
PLAN = Plan.draw(load("00_worksheet"), seed=5, share=0.3, only=["tf_log_like"])
EXERCISE = PLAN.checks.exercises["tf_log_like"]
CALLS = PLAN.calls["tf_log_like"]
Respond = Callable[[Call], Answer]


def right(call: Call) -> Answer:
    return EXERCISE.true_answer(call)


def averaged(call: Call) -> Answer:
    n = len(np.atleast_1d(call.arguments[0]))
    return Answer.of_values(
        *(part.values / n for part in right(call).parts),
        container="tuple" if call.mode == "gradient" else "one",
    )


def without_two_pi(call: Call) -> Answer:
    if call.mode == "gradient":
        return right(call)
    n = len(np.atleast_1d(call.arguments[0]))
    return Answer.of_values(reference.log_like(*call.arguments) + 0.5 * n * np.log(2 * np.pi))


def slightly_off(call: Call) -> Answer:
    if call.mode == "gradient":
        return right(call)
    n = len(np.atleast_1d(call.arguments[0]))
    return Answer.of_values(reference.log_like(*call.arguments) * (1 + 1e-7 * n))


def wrong_gradient(call: Call) -> Answer:
    if call.mode == "value":
        return right(call)
    by_m, by_b, _ = (part.values for part in right(call).parts)
    return Answer.of_values(by_m, by_b, 0.0, container="tuple")


def no_gradient(call: Call) -> Answer:
    if call.mode == "value":
        return right(call)
    none = Part("none", "none", np.empty(0))
    return Answer((none, none, right(call).parts[2]), "tuple")


def a_float(call: Call) -> Answer:
    if call.mode == "gradient":
        return Answer.failed("returned", "float: TensorFlow can differentiate only a tensor")
    return Answer.of_values(right(call).parts[0].values, kind="number")


def an_axis(call: Call) -> Answer:
    if call.mode == "gradient":
        return right(call)
    return Answer.of_values(right(call).parts[0].values[np.newaxis])


def raising(call: Call) -> Answer:
    return Answer.failed("raised", f"ValueError: about {call.arguments[2]}")


ALL = [
    averaged, without_two_pi, slightly_off, wrong_gradient, no_gradient, a_float, an_axis, raising,
]  # fmt: skip


def signature(respond: Respond) -> Signature:
    return Signature.of(EXERCISE, CALLS, [respond(call) for call in CALLS])


def known(*responds: Respond) -> Known:
    mistakes = [Mistake(f.__name__, f"{f.__name__}.", 100 + k) for k, f in enumerate(responds)]
    return Known(EXERCISE, CALLS, signature(right), mistakes, [signature(f) for f in responds])


def named(bank: Known, respond: Respond) -> str | None:
    mistake = bank.name([respond(call) for call in CALLS])
    assert bank.find(lambda calls: [respond(call) for call in calls]) == mistake
    return mistake.slug if mistake else None


def test_no_more_is_asked_than_tells_that_no_mistake_fits() -> None:
    asked: list[Call] = []

    def another(calls: list[Call]) -> list[Answer]:
        asked.extend(calls)
        return [Answer.of_values(np.array(0.5)) for _ in calls]

    assert known(averaged, without_two_pi).find(another) is None
    assert len(asked) < len(CALLS) / 2


@pytest.mark.parametrize("mistake", ALL, ids=[f.__name__ for f in ALL])
def test_each_mistake_is_told_from_all_others(mistake: Respond) -> None:
    assert named(known(*ALL), mistake) == mistake.__name__


@pytest.mark.parametrize("mistake", ALL, ids=[f.__name__ for f in ALL])
def test_a_mistake_that_is_not_in_the_bank_gets_no_other_ones_name(mistake: Respond) -> None:
    others = [other for other in ALL if other is not mistake]
    assert named(known(*others), mistake) is None


def test_a_right_answer_is_no_mistake() -> None:
    assert named(known(*ALL), right) is None
    assert known(*ALL).same_as_solution(signature(right))
    assert not any(known(*ALL).same_as_solution(signature(mistake)) for mistake in ALL)


def test_rounding_does_not_hide_a_mistake() -> None:
    def rounded(call: Call) -> Answer:
        answer = averaged(call)
        moved = [np.nextafter(part.values, np.inf) for part in answer.parts]
        return Answer.of_values(*moved, container=answer.container)

    assert named(known(*ALL), rounded) == "averaged"


def test_mistakes_that_behave_alike_speak_with_one_voice() -> None:
    def averaged_too(call: Call) -> Answer:
        return averaged(call)

    bank = known(averaged_too, averaged, without_two_pi)
    assert bank.groups == [0, 0, 2]
    assert named(bank, averaged) == "averaged_too"


def test_one_more_wrong_answer_in_ten_is_another_mistake() -> None:
    def often_averaged(call: Call) -> Answer:
        return right(call) if len(np.atleast_1d(call.arguments[0])) > 2 else averaged(call)

    assert named(known(*ALL), often_averaged) is None


def test_a_mistake_that_comes_in_a_list_is_the_one_that_comes_in_a_tuple() -> None:
    def in_a_list(call: Call) -> Answer:
        return dataclasses.replace(forgotten(call), container="list")

    exercise = CHECKS.exercises["grad_log_like"]
    calls = SHIPPED["grad_log_like"].known.calls

    def forgotten(call: Call) -> Answer:
        parts = exercise.true_answer(call).parts
        return Answer((*parts[:2], Part("none", "none", np.empty(0))), "tuple")

    bank = SHIPPED["grad_log_like"].known
    for respond in (forgotten, in_a_list):
        mistake = bank.name([respond(call) for call in calls])
        assert mistake is not None and mistake.slug == "scale_unwatched"


def test_a_list_that_cannot_be_differentiated_is_as_good_as_a_tuple() -> None:
    def two_values(call: Call, container: str = "tuple") -> Answer:
        if call.mode == "gradient":
            return Answer.failed("returned", f"{container}: only a tensor can be differentiated")
        value = right(call).parts[0].values
        return dataclasses.replace(Answer.of_values(value, value), container=container)

    assert named(known(*ALL, two_values), lambda call: two_values(call, "list")) == "two_values"


def test_infinities_are_no_one_mistake() -> None:
    def infinite(call: Call) -> Answer:
        return Answer.of_values(-np.inf) if call.mode == "value" else right(call)

    def sometimes(call: Call) -> Answer:
        return infinite(call) if call.arguments[4] < 1.0 else without_two_pi(call)

    assert named(known(infinite), sometimes) is None


def test_two_mistakes_that_miss_the_same_derivatives_differ_in_the_one_that_is_there() -> None:
    def another(call: Call) -> Answer:
        parts = no_gradient(call).parts
        if call.mode == "value":
            return no_gradient(call)
        return Answer((*parts[:2], Part("tensor", "float64", 2.0 * parts[2].values)), "tuple")

    bank = known(no_gradient, another)
    assert bank.groups == [0, 1]
    assert named(bank, another) == "another"
