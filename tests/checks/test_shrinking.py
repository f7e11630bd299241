"""What is shown of an input on which a claim failed is as little as shows it."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest

from course_lib.calls.answer import Answer, Call
from course_lib.checks import load
from course_lib.checks.claims import Inputs
from course_lib.checks.explain import report
from course_lib.checks.judging import Plan, judge
from course_lib.checks.shrinking import Asker, complexity, simplest, smaller
from course_lib.checks.strategies import Line

CHECKS = load("00_worksheet")


def shown(name: str, wrong: Callable[[Inputs], bool], claim: str) -> Inputs:
    """The inputs that are shown where `name` is off by three wherever `wrong` says so."""
    exercise = CHECKS.exercises[name]
    plan = Plan.draw(CHECKS, seed=3, only=(name,))

    def answer(call: Call) -> Answer:
        given = dict(zip(exercise.arguments, call.arguments, strict=True))
        true = exercise.true_answer(call)
        return true if not wrong(given) else Answer.of_values(true.parts[0].values + 3.0)

    result = judge(plan, exercise, lambda calls: [answer(call) for call in calls], shrinking=5.0)
    return next(c for c in report(plan, result)["claims"] if c["claim"] == claim)["inputs"]


def test_an_extreme_that_is_tried_always_is_shown_with_few_digits():
    inputs = shown("tf_log_like_log_s", lambda given: given["log_s"] < -20, "has_the_right_value")
    assert len(inputs["x"]) == 1
    assert inputs["log_s"] == -30.0  # of -27.63…, and -20 would not fail


def test_many_points_are_left_out_where_few_fail_too():
    def at_the_many(given: Inputs) -> bool:
        return bool(np.any(np.abs(given["x"] - 0.25) < 0.2) and given["s"] == 0.4)

    inputs = shown("tf_log_like", at_the_many, "has_the_right_value")
    assert len(inputs["x"]) <= 3


def test_no_half_of_what_is_shown_is_empty():
    inputs = shown("tf_log_like", lambda given: True, "adds_up_over_splits")
    assert len(inputs["x"]) == 2


def test_what_a_claim_makes_itself_is_short_to_read_too():
    exact = shown("tf_log_like", lambda given: True, "is_right_for_a_perfect_fit")
    assert all(len(repr(number)) <= 6 for number in exact["y"])


def test_an_input_on_which_a_right_answer_fails_is_never_shown():
    """Without a residual nothing can fall as residuals grow: rounding must not lead there."""
    plan = Plan.draw(CHECKS, seed=3, only=("tf_log_like",))
    gate = next(claim for claim in CHECKS.exercises["tf_log_like"].claims if claim.gate)
    line = Line(np.array([1.0]), np.array([1.04]), 1.0, 0.0, 0.25)  # 1 and 1, with one digit
    student = Asker(CHECKS, lambda call: Answer.of_values(1.0))
    failure = simplest(gate, student, [{"line": line}])
    found = smaller(gate, student, failure, plan.search(gate, {}), time.monotonic() + 1.0)
    shown = found.inputs["line"]
    assert np.all(shown.y != shown.m * shown.x + shown.b)


@pytest.mark.parametrize(
    ("simpler", "than"),
    [
        (0.1, 0.30000000000000004),
        (-6.34, -6.340000000000001),
        ([7.0], [1.0, 1.0]),
        (2.0, 2.5e-13),
        (-12.25, 1e-9),
        ([1.25, 2.5, -0.5], [1e-12, 3e-12, 1.0]),
    ],
)
def test_what_is_short_to_read_is_simple(simpler, than):
    assert complexity(simpler) < complexity(than)


def test_a_fit_is_drawn_with_few_digits() -> None:
    plan = Plan.draw(CHECKS, seed=3, only=("fit_line",))
    drawn = plan.inputs["fit_line", "forgets_where_it_started"]
    assert drawn
    for inputs in drawn:
        numbers = np.concatenate(list(inputs["fit"]))
        assert max(len(repr(float(number))) for number in numbers) <= 6  # -1.234
