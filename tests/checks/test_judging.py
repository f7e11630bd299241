"""Judging, on answers that are made here: no TensorFlow, no process."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import numpy as np
import pytest

from course_lib.calls.answer import Answer, Call
from course_lib.checks import load
from course_lib.checks.explain import report
from course_lib.checks.judging import Plan, _questions, judge
from course_lib.checks.wrong import Wrong, falls
from course_lib.student.notebook import tried

CHECKS = load("00_worksheet")
EXERCISE = CHECKS.exercises["tf_log_like"]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return Plan.draw(CHECKS, seed=3, only=("tf_log_like", "grad_log_like"))


def right(call: Call) -> Answer:
    return CHECKS.exercises[call.function].true_answer(call)


def altered(change: Callable[[np.ndarray, Call], np.ndarray]) -> Callable[[Call], Answer]:
    """A student whose values, not gradients, are the right ones with `change` made to them."""

    def answer(call: Call) -> Answer:
        true = right(call)
        if call.mode == "gradient":
            return true
        values = np.concatenate([np.atleast_1d(part.values) for part in true.parts])
        changed = change(values, call)
        if len(true.parts) == 1:
            return Answer.of_values(changed[0])
        return Answer.of_values(*changed, container="tuple")

    return answer


def judged(plan: Plan, student: Callable[[Call], Answer], name: str = "tf_log_like"):
    exercise = CHECKS.exercises[name]
    return judge(plan, exercise, lambda calls: [student(call) for call in calls], shrinking=0.2)


def test_the_reference_holds_every_claim(plan):
    result = judged(plan, right)
    assert (result.earned, result.status) == (3.0, "passed")


def test_questions_are_put_once_each(plan):
    keys = [call.key for call in plan.calls["tf_log_like"]]
    assert len(keys) == len(set(keys))


def test_a_right_student_is_asked_the_plan_and_a_few_gates_again(plan):
    batches = []

    def ask(calls):
        batches.append(len(calls))
        return [right(call) for call in calls]

    judge(plan, EXERCISE, ask)
    gate = next(claim for claim in EXERCISE.claims if claim.gate)
    assert batches == [len(plan.calls["tf_log_like"]), 4]  # what its gate asks of one line
    assert gate.name == "falls_as_the_points_move_away"


def test_a_plan_is_the_same_in_another_process(plan):
    other = pickle.loads(pickle.dumps(plan))
    assert [c.key for c in other.calls["tf_log_like"]] == [c.key for c in plan.calls["tf_log_like"]]
    assert judged(other, right).earned == 3.0


def test_the_same_seed_draws_the_same(plan):
    again = Plan.draw(CHECKS, seed=3, only=("tf_log_like",))
    assert [c.key for c in again.calls["tf_log_like"]] == [c.key for c in plan.calls["tf_log_like"]]


def test_a_failing_input_is_shrunk(plan):
    result = judged(plan, altered(lambda v, call: v + 1.0))
    claims = {claim["claim"]: claim for claim in report(plan, result)["claims"]}
    shown = claims["has_the_right_value"]["inputs"]
    assert len(shown["x"]) == 1


def test_a_gate_that_fails_takes_every_point(plan):
    constant = altered(lambda v, call: np.zeros_like(v))
    result = judged(plan, constant)
    assert any(claim.holds for claim in result.claims)
    assert result.earned == 0.0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda v, c: v * 2, "It is 2 times what it should be"),
        (lambda v, c: -v, "the sign is wrong everywhere"),
        (lambda v, c: v + 3, "off by the same amount on every input: +3"),
        (lambda v, c: v + 0.9189385 * len(c.arguments[0]), "off by +0.91893"),
        (lambda v, c: v / len(c.arguments[0]), "by as many times as there are data points"),
        (lambda v, c: v * np.nan, "not a finite number"),
        (lambda v, c: v * 0 + 1, "the same answer whatever the input is"),
        (lambda v, c: v.astype(np.float32).astype(float), "somewhere on the way"),
    ],
)
def test_a_clear_pattern_is_said(plan, change, sentence):
    claims = report(plan, judged(plan, altered(change)))["claims"]
    said = [claim["message"] for claim in claims if claim.get("message")]
    assert any(sentence in text for text in said), said


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda v, c: v[[1, 0, 2]], "in another order"),
        (lambda v, c: v * [1, 1, 2], "only the third is wrong: it is 2 times what it should be"),
    ],
)
def test_a_pattern_in_three_numbers_is_said(plan, change, sentence):
    result = judged(plan, altered(change), "grad_log_like")
    said = " ".join(claim.get("message", "") for claim in report(plan, result)["claims"])
    assert sentence in said


def test_the_same_words_are_said_once(plan):
    result = judged(plan, lambda call: Answer.failed("raised", "ValueError: no"))
    claims = report(plan, result)["claims"]
    assert not any(claim["passed"] for claim in claims)
    assert len([claim for claim in claims if claim["message"]]) == 1
    assert result.status == "error"


def test_claims_that_share_a_strategy_share_its_draws(plan):
    drawn = {
        name: [inputs["line"].y.tobytes() for inputs in plan.inputs["tf_log_like", name]]
        for name in (
            "has_the_right_value",
            "knows_its_unit",
            "falls_as_the_points_move_away",
            "is_right_for_a_perfect_fit",
        )
    }
    always = next(c for c in EXERCISE.claims if c.name == "has_the_right_value").always
    assert set(drawn["knows_its_unit"]) < set(drawn["has_the_right_value"][len(always) :])
    assert drawn["is_right_for_a_perfect_fit"] == drawn["falls_as_the_points_move_away"]
    assert not set(drawn["knows_its_unit"]) & set(drawn["falls_as_the_points_move_away"])


def test_what_is_shrunk_is_looked_for_among_the_claims_own_draws(plan):
    claim = next(claim for claim in EXERCISE.claims if claim.name == "knows_its_unit")
    assert plan.examples(claim) < plan.most(claim)
    again = plan._drawn(claim)[: plan.examples(claim)]
    assert [i["line"].y.tobytes() for i in again] == [
        i["line"].y.tobytes() for i in plan.inputs["tf_log_like", claim.name]
    ]


def test_only_a_gate_that_compares_two_answers_is_asked_twice():
    plan = Plan.draw(CHECKS, seed=3, only=("fit_line",))
    batches = []

    def ask(calls):
        batches.append(len(calls))
        return [right(call) for call in calls]

    judge(plan, CHECKS.exercises["fit_line"], ask)
    assert batches[:1] == [len(plan.calls["fit_line"])] and sum(batches[1:]) == 0


def test_what_is_drawn_is_known_to_nobody_before_the_seed():
    """But for what is tried always, two seeds have next to no question in common."""
    keys = []
    for seed in (3, 4):
        plan = Plan.draw(CHECKS, seed)
        always = {
            call.key
            for exercise in CHECKS.exercises.values()
            for claim in exercise.claims
            for inputs in claim.always
            for call in _questions(CHECKS, claim, inputs)
        }
        asked = {call.key for calls in plan.calls.values() for call in calls}
        keys.append(asked - always)
    # Half of log_prior's numbers have one decimal, and hypothesis likes a zero: few, but not none.
    assert len(keys[0] & keys[1]) < 0.05 * len(keys[0])


def test_one_kind_of_answer_is_shown_once():
    """A number for three tensors fails every claim; what was asked is shown by the first."""
    plan = Plan.draw(load("00_worksheet"), 7, only=("grad_log_like",))
    exercise = plan.checks.exercises["grad_log_like"]
    result = judge(
        plan, exercise, lambda calls: [Answer.of_values(1.0, kind="number")] * len(calls)
    )
    claims = report(plan, result)["claims"]
    told = [(claim["expected"], claim["got"]) for claim in claims if "expected" in claim]
    assert len(claims) > len(told) == len(set(told))
    assert all("inputs" not in claim for claim in claims if "expected" not in claim)


def test_a_cell_that_is_still_to_be_written_fails_nothing():
    plan = Plan.draw(load("00_worksheet"), 7, only=("grad_log_like",))
    stop = Answer.failed("raised", "NotImplementedError")
    result = tried(plan, "grad_log_like", lambda calls: [stop] * len(calls))
    assert result["message"] == "grad_log_like is yours to write."
    assert not any(claim.get("tried", True) for claim in result["claims"])


@pytest.mark.parametrize(
    ("near", "far", "expected", "got"),
    [
        (-0.0, 1.0, "less than 0.0 at m = 1.0", 1.0),
        (np.nan, 1.0, "a finite number", np.nan),
        (1.0, np.nan, "less than 1.0 at m = 1.0", np.nan),
    ],
)
def test_what_should_fall_is_said_with_a_number_that_can_be_read(near, far, expected, got):
    with pytest.raises(Wrong) as wrong:
        falls(near, far, "at m = 1.0")
    assert wrong.value.expected == expected
    np.testing.assert_equal(wrong.value.got, got)
    falls(1.0, 0.5, "at m = 1.0")


def test_a_notebook_whose_first_cells_never_ran_is_asked_about_them(plan):
    stop = Answer.failed("raised", "NameError: name 'tf' is not defined", "line 3: model = tf.add")
    said = [claim["message"] for claim in report(plan, judged(plan, lambda call: stop))["claims"]]
    assert sum("Have the notebook's first cells been run?" in text for text in said) == 1
    assert "did you mean" not in " ".join(said)
