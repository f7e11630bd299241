"""Judging, on answers that are made here: no TensorFlow, no process."""

from __future__ import annotations

import contextlib
import pickle

import numpy as np
import pytest

from course_lib.claims.failures import ClaimFailure
from course_lib.claims.judging import judge
from course_lib.claims.sampling import RECORDED, SamplingPlan
from course_lib.feedback.explain import report
from course_lib.protocol.questions import Answer
from course_lib.student.check import tried
from tests.answers import LINE, altered, each, judged, right

EXERCISE = LINE.exercises["log_like"]


@pytest.fixture(scope="module")
def plan() -> SamplingPlan:
    return SamplingPlan.draw(LINE, seed=3, only=("log_like", "grad_log_like"))


def keys(plan: SamplingPlan, name: str = "log_like") -> list[object]:
    return [question.key for question in plan.questions[name]]


def test_the_truth_holds_every_claim(plan):
    result = judged(plan, right)
    assert (result.earned, result.status) == (3.0, "passed")


def test_questions_are_put_once_each(plan):
    assert len(keys(plan)) == len(set(keys(plan)))


def test_a_right_student_is_asked_the_plan_and_a_few_gates_again(plan):
    batches = []

    def ask(questions):
        batches.append(len(questions))
        return [right(question) for question in questions]

    judge(plan, EXERCISE, ask)
    gate = next(claim for claim in EXERCISE.claims if claim.gate)
    assert batches == [len(plan.questions["log_like"]), 4]  # what its gate asks of one line
    assert gate.name == "falls_as_the_points_move_away"


def test_only_a_gate_that_compares_two_answers_is_asked_twice(plan):
    batches = []

    def ask(questions):
        batches.append(len(questions))
        return [right(question) for question in questions]

    judge(plan, LINE.exercises["grad_log_like"], ask)
    assert batches[:1] == [len(plan.questions["grad_log_like"])] and sum(batches[1:]) == 0


def test_a_function_that_counts_its_calls_fails_its_gate(plan):
    calls = iter(range(10**6))

    def counting(question):
        return altered(lambda v, q: np.full_like(v, -float(next(calls))))(question)

    result = judged(plan, counting, shrinking=False)
    assert result.earned == 0.0
    errors = [answer.error for answer in result.answers.values() if answer.error is not None]
    assert len(errors) == 4  # what the gate asks of one line, twice
    assert "another number when it was asked the same question again" in errors[0].message


def test_a_plan_is_the_same_in_another_process(plan):
    other = pickle.loads(pickle.dumps(plan))
    assert keys(other) == keys(plan)
    assert judged(other, right).earned == 3.0


def test_the_same_seed_draws_the_same(plan):
    assert keys(SamplingPlan.draw(LINE, seed=3, only=("log_like",))) == keys(plan)


def test_what_is_drawn_is_known_to_nobody_before_the_seed():
    """But for what is the same for all, two seeds have no question in common."""
    asked = [
        {key for name in LINE.exercises for key in keys(SamplingPlan.draw(LINE, seed), name)}
        for seed in (RECORDED, 3, 4)
    ]
    known = asked.pop(0)
    asked = [each - known for each in asked]
    assert len(asked[0]) > 20
    assert len(asked[0] & asked[1]) < 0.05 * len(asked[0])


def test_a_failing_input_is_shrunk(plan):
    result = judged(plan, altered(lambda v, question: v + 1.0))
    claims = {claim["claim"]: claim for claim in report(plan, result)["claims"]}
    shown = claims["has_the_right_value"]["inputs"]
    assert len(shown["x"]) == 1


def test_a_gate_that_fails_takes_every_point(plan):
    result = judged(plan, altered(lambda v, question: np.zeros_like(v)))
    assert any(claim.holds for claim in result.claims)
    assert result.earned == 0.0


def test_the_same_words_are_said_once(plan):
    result = judged(plan, lambda question: Answer.failed("raised", "ValueError: no"))
    claims = report(plan, result)["claims"]
    assert not any(claim["passed"] for claim in claims)
    assert len([claim for claim in claims if claim["message"]]) == 1
    assert result.status == "error"


def test_every_seed_tries_what_a_students_own_check_tries(plan):
    """So a wrong answer that fails there fails here, whatever is drawn besides."""
    recorded = SamplingPlan.draw(LINE, RECORDED, only=("log_like",))
    assert set(keys(recorded)) < set(keys(plan))
    for claim in EXERCISE.claims:
        own, every = (len(p.inputs["log_like", claim.name]) for p in (recorded, plan))
        assert every - own == plan.fresh(claim) >= 1


def test_claims_that_share_a_strategy_share_its_draws(plan):
    drawn = {
        name: [inputs["line"].y.tobytes() for inputs in plan.inputs["log_like", name]]
        for name in (
            "has_the_right_value",
            "adds_up_over_splits",
            "falls_as_the_points_move_away",
            "is_right_for_a_perfect_fit",
        )
    }
    always = next(c for c in EXERCISE.claims if c.name == "has_the_right_value").always
    assert set(drawn["adds_up_over_splits"]) < set(drawn["has_the_right_value"][len(always) :])
    assert drawn["is_right_for_a_perfect_fit"] == drawn["falls_as_the_points_move_away"]
    assert not set(drawn["adds_up_over_splits"]) & set(drawn["falls_as_the_points_move_away"])


def test_what_is_shrunk_is_looked_for_among_the_claims_own_draws(plan):
    recorded = SamplingPlan.draw(LINE, RECORDED, only=("log_like",))
    claim = next(claim for claim in EXERCISE.claims if claim.name == "adds_up_over_splits")
    met = []
    with contextlib.suppress(ClaimFailure):
        plan.search(claim, {}).test(lambda line: met.append(line.y.tobytes()))()
    assert {i["line"].y.tobytes() for i in recorded.inputs["log_like", claim.name]} < set(met)


def test_one_kind_of_answer_is_shown_once(plan):
    """A number for three tensors fails every claim; what was asked is shown by the first."""
    result = judge(
        plan, LINE.exercises["grad_log_like"], lambda questions: [Answer(1.0)] * len(questions)
    )
    claims = report(plan, result)["claims"]
    told = [(claim["expected"], claim["got"]) for claim in claims if "expected" in claim]
    assert len(claims) >= len(told) == len(set(told)) >= 1
    assert all("inputs" not in claim for claim in claims if "expected" not in claim)


def test_a_cell_that_is_still_to_be_written_fails_nothing(plan):
    stop = Answer.failed("raised", "NotImplementedError")
    result = tried(plan, "grad_log_like", lambda questions: [stop] * len(questions))
    assert result["message"] == "grad_log_like is yours to write."
    assert not any(claim.get("tried", True) for claim in result["claims"])


def test_more_than_the_plan_is_asked_only_while_an_input_is_made_smaller(plan):
    """Without time for it, a wrong student is asked no question that a right one is not."""
    asked = []

    def ask(questions):
        asked.extend(question.key for question in questions)
        return each(altered(lambda v, q: v + 1.0))(questions)

    judge(plan, EXERCISE, ask, shrinking=False)
    assert set(asked) == set(keys(plan))
    judge(plan, EXERCISE, ask)
    assert set(asked) > set(keys(plan))
