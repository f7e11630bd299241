"""What an author wrote wrongly costs no student a point, and staff read where it stands."""

from __future__ import annotations

import inspect
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from course_lib.claims.assignment import Assignment
from course_lib.claims.exercise import Exercise, exercise
from course_lib.claims.failures import ClaimFailure, agree
from course_lib.claims.faults import AuthorFault
from course_lib.claims.judging import Result, judge
from course_lib.claims.record import record_of
from course_lib.claims.sampling import SamplingPlan
from course_lib.feedback.diagnosis import diagnose
from course_lib.feedback.explain import UNGRADED, report
from course_lib.feedback.recording import ask_for_explanations
from course_lib.protocol.questions import Answer, Question
from course_lib.protocol.values import as_value

NUMBERS = st.integers(1, 9).map(float)
HERE = "claims/test_faults_of_claims.py"


def twice(truth: Callable[..., Any] | None = None, points: float = 1.0) -> Exercise:
    """An exercise whose truth doubles a number, unless another truth is given."""

    def double(x):
        """Twice x: one number."""
        return 2.0 * x

    made = exercise(points=points)(truth or double)
    made.name = "double"
    return made


def plan_of(*exercises: Exercise, folder: Any = None) -> SamplingPlan:
    here = folder or Path(__file__).parent
    return SamplingPlan.draw(Assignment("made", here, {e.name: e for e in exercises}), seed=1)


def answers(change: Callable[[Any], Any], plan: SamplingPlan) -> Callable[[list[Question]], list]:
    """A student whose answers are the right ones with `change` made to them."""
    return lambda questions: [
        Answer(as_value(change(plan.truth.answer(question).value))) for question in questions
    ]


def judged(one: Exercise, change: Callable[[Any], Any]) -> tuple[Result, SamplingPlan]:
    plan = plan_of(one)
    return judge(plan, one, answers(change, plan)), plan


def ungraded(result: Result, plan: SamplingPlan) -> str:
    """The remark for staff; the student loses nothing that is theirs and reads no name."""
    assert (result.status, result.earned) == ("ungraded", 0.0)
    check = report(plan, result)
    assert check["message"] == UNGRADED
    assert (check["claims"], check["status"]) == ([], "ungraded")
    (remark,) = check["remarks"]
    assert remark.startswith("double is not graded: ")
    assert "\n    next: " in remark
    return remark


def at(function: Callable[..., Any], part: str) -> str:
    """`file, line N` of the line of `function` that holds `part`."""
    lines, first = inspect.getsourcelines(function)
    return f"{HERE}, line {first + next(k for k, line in enumerate(lines) if part in line)}"


def test_a_claim_that_raises_on_a_students_answer_is_the_authors_fault():
    one = twice()

    @one.claim(points=1, x=NUMBERS)
    def is_right(student, truth, x):
        """It is right."""
        if student.double(x) > 0:
            return
        raise KeyError("negative")

    assert judged(one, lambda value: value)[0].earned == 1.0
    remark = ungraded(*judged(one, lambda value: -value))
    assert "it raised an exception (claim is_right of double): KeyError: 'negative'" in remark
    assert at(is_right, "raise KeyError") in remark


def test_what_was_judged_before_a_fault_is_not_paid_and_other_exercises_are():
    broken, whole = twice(points=2.0), twice()
    whole.name = "other"

    @broken.claim(points=1, x=NUMBERS)
    def holds(student, truth, x):
        """It holds."""
        student.double(x)

    @broken.claim(points=1, x=NUMBERS)
    def fails(student, truth, x):
        """It fails."""
        assert student.double(x) is not None
        [][int(float(student.double(x)) < 0)]

    @whole.claim(points=1, x=NUMBERS)
    def is_right(student, truth, x):
        """It is right."""
        agree(student.other(x), truth(x))

    plan = plan_of(broken, whole)
    assert list(plan.faults) == ["double"]
    assert judge(plan, broken, answers(lambda v: v, plan)).status == "ungraded"
    assert judge(plan, whole, answers(lambda v: v, plan)).earned == 1.0


def test_a_claim_that_raises_on_its_own_truth_is_found_before_anybody_is_judged():
    one = twice()

    @one.claim(points=1, x=NUMBERS)
    def is_right(student, truth, x):
        """It is right."""
        student.double(x)
        raise ZeroDivisionError("by hand")

    plan = plan_of(one)
    fault = plan.faults["double"]
    assert "it cannot be tried on its own truth (claim is_right of double)" in fault.problem
    assert f"{fault.file}, line {fault.line}" == at(is_right, "raise Zero")
    ungraded(judge(plan, one, lambda questions: pytest.fail("nobody is asked")), plan)


@pytest.mark.parametrize("how", ["agree", "assert"])
def test_a_claim_that_its_own_truth_does_not_hold_is_a_fault(how):
    one = twice()

    if how == "agree":

        @one.claim(points=1, x=NUMBERS)
        def is_right(student, truth, x):
            """It is right."""
            agree(student.double(x), 3.0 * x)

    else:

        @one.claim(points=1, x=NUMBERS)
        def is_right(student, truth, x):
            """It is right."""
            assert student.double(x) == 3.0 * x

    fault = plan_of(one).faults["double"]
    assert "fails on its own truth" in fault.problem
    assert fault.file == HERE and fault.line > 0


@pytest.mark.parametrize("error", [ValueError("no root"), ArithmeticError("no")])
def test_a_truth_that_raises_is_a_fault_with_its_line(error):
    def double(x):
        """Twice x: one number."""
        raise error

    one = twice(double)

    @one.claim(points=1, x=NUMBERS)
    def is_right(student, truth, x):
        """It is right."""
        agree(student.double(x), truth(x))

    fault = plan_of(one).faults["double"]
    assert f"{fault.file}, line {fault.line}" == at(double, "raise error")
    assert type(error).__name__ in fault.problem


def test_a_truth_that_gives_what_does_not_cross_is_a_fault():
    def double(x):
        """A set: nothing that can be compared."""
        return {x}

    one = twice(double)

    @one.claim(points=1, x=NUMBERS)
    def is_right(student, truth, x):
        """It is right."""
        agree(student.double(x), 1.0)

    fault = plan_of(one).faults["double"]
    assert fault.file == HERE


def test_a_claim_that_asks_for_what_is_not_there_is_a_fault():
    one, other = twice(), twice()
    other.name = "other"

    @one.claim(points=1, x=NUMBERS)
    def is_right(student, truth, x):
        """It is right."""
        agree(student.duoble(x), truth(x))

    @other.claim(points=1, x=NUMBERS)
    def is_right_too(student, truth, x):
        """It is right."""
        agree(student.other(x), truth.duoble(x))

    plan = plan_of(one, other)
    assert "there is no exercise duoble" in plan.faults["double"].problem
    assert "truth has no duoble" in plan.faults["other"].problem


def test_a_fault_travels_with_its_plan():
    one = twice()

    @one.claim(points=1, x=NUMBERS)
    def is_right(student, truth, x):
        """It is right."""
        raise ValueError("no")

    fault = plan_of(one).faults["double"]
    assert str(pickle.loads(pickle.dumps(fault))) == str(fault)


# ------------------------------------------------------------------ what is no fault


def test_a_plain_assert_is_a_failed_claim_with_both_values():
    one = twice()

    @one.claim(points=1, x=NUMBERS)
    def is_right(student, truth, x):
        """It is right."""
        assert student.double(x) == truth(x), "look at the factor"

    result, plan = judged(one, lambda value: value + 1.0)
    assert (result.status, result.earned, result.fault) == ("failed", 0.0, None)
    (claim,) = report(plan, result)["claims"]
    x = claim["inputs"]["x"]
    assert (claim["expected"], claim["got"]) == (2.0 * x, 2.0 * x + 1.0)
    assert claim["message"].splitlines()[-1] == "look at the factor"  # after the cause, if seen


def test_a_plain_assert_without_words_or_questions_fails_too():
    one = twice()

    @one.claim(points=1, x=NUMBERS)
    def is_right(student, truth, x):
        """It is right."""
        assert float(student.double(x)) == 2.0 * x

    assert judged(one, lambda value: 0.0)[0].status == "failed"


def test_a_claim_with_one_possible_input_is_tried_on_it():
    one = twice()

    @one.claim(points=1, gate=True, draws=10, x=st.just(4.0))
    def is_right(student, truth, x):
        """It is right."""
        agree(student.double(x), truth(x))

    plan = plan_of(one)
    assert plan.inputs["double", "is_right"] == [{"x": 4.0}]
    assert judge(plan, one, answers(lambda v: v, plan)).earned == 1.0
    result = judge(plan, one, answers(lambda v: v + 1.0, plan))
    assert result.claims[0].failure.inputs == {"x": 4.0}


def test_a_claim_about_always_alone_is_tried_on_all_of_these():
    one = twice()

    @one.claim(points=1, always=[{"x": 3.0}, {"x": 123.456}])
    def is_right(student, truth, x):
        """It is right."""
        agree(student.double(x), truth(x))

    plan = plan_of(one)
    assert plan.inputs["double", "is_right"] == [{"x": 3.0}, {"x": 123.456}]
    assert len(plan.questions["double"]) == 2
    assert judge(plan, one, answers(lambda v: v, plan)).earned == 1.0
    wrong_far = judge(plan, one, answers(lambda v: v + 1.0 if v > 100 else v, plan))
    assert wrong_far.claims[0].failure.inputs == {"x": 100.0}  # one digit, and it still fails


def test_a_claim_about_a_variable_is_tried_once():
    def answer():
        """A variable of the notebook: 42."""
        return 42

    one = exercise(points=1, variable=True)(answer)

    @one.claim(points=1)
    def is_right(student, truth):
        """It is 42."""
        agree(student.answer(), truth())

    plan = plan_of(one)
    (question,) = plan.questions["answer"]
    assert question.steps[0].do == "variable"
    assert judge(plan, one, answers(lambda v: v, plan)).earned == 1.0
    result = judge(plan, one, answers(lambda v: 41, plan))
    (claim,) = report(plan, result)["claims"]
    assert (claim["expected"], claim["got"], claim["inputs"]) == (42, 41, {})


# ------------------------------------------------------------------ explanations and pictures


def wrong_with(prepare: Callable[[Exercise], None], wrong_from: float = 0.0) -> tuple[Any, Any]:
    """What is reported of a wrong answer, and of the same without what `prepare` adds.

    wrong_from: smaller answers are right.
    """
    found: list[Any] = []
    for ready in (prepare, lambda one: None):
        one = twice()

        @one.claim(points=1, gate=True, draws=30, x=st.floats(1.0, 9.0))
        def is_right(student, truth, x):
            """It is right."""
            agree(student.double(x), truth(x), tolerance=1e-12)

        ready(one)
        plan = plan_of(one)

        def ask(questions, plan=plan):
            return answers(lambda v: v + (v > wrong_from) * np.sin(1e3 * v), plan)(questions)

        result = judge(plan, one, ask, shrinking=False)
        found.append(report(plan, result, diagnose(plan, result, None, ask)))
    return found[0], found[1]


def broken_hint(evidence):
    raise LookupError("no such row")


def broken_picture(scene):
    return scene.given["y"]


def broken_features(given):
    yield "x over 0", given["x"] / 0


def broken_change(given):
    return {"x": given["z"]}


FENCED = {
    "hint": (lambda one: one.hint(broken_hint), "LookupError: no such row", broken_hint, "raise"),
    "late hint": (
        lambda one: one.hint(broken_hint, late=True),
        "LookupError: no such row",
        broken_hint,
        "raise",
    ),
    "picture": (
        lambda one: one.pictures.append(broken_picture),
        "KeyError: 'y'",
        broken_picture,
        "return",
    ),
    "features": (
        lambda one: one.features.append(broken_features),
        "ZeroDivisionError",
        broken_features,
        "yield",
    ),
    "counterfactual": (
        lambda one: one.counterfactuals.append(("x were z", broken_change)),
        "KeyError: 'z'",
        broken_change,
        "return",
    ),
}


@pytest.mark.parametrize("kind", FENCED)
def test_words_that_fail_are_left_out_and_staff_read_why(kind):
    prepare, said, function, line = FENCED[kind]
    with_it, without = wrong_with(prepare, wrong_from=10.0 if kind == "features" else 0.0)
    (remark,) = with_it.pop("remarks")
    assert said in remark
    assert at(function, line) in remark
    assert remark.startswith("double ")
    if kind == "features":  # what they would have told is what is left out
        assert "and wrong from" in without["claims"][0].pop("message")
        assert "and wrong from" not in with_it["claims"][0].pop("message")
    assert with_it == without  # the same points, status and other words


@pytest.mark.parametrize("kind", ["hint", "late hint", "counterfactual"])
def test_words_that_fail_stop_the_release(kind):
    prepare, said, function, line = FENCED[kind]
    one = twice()

    @one.claim(points=1, x=st.floats(1.0, 9.0))
    def is_right(student, truth, x):
        """It is right."""
        agree(student.double(x), truth(x), tolerance=1e-12)

    prepare(one)
    with pytest.raises(AuthorFault) as fault:
        record_of(plan_of(one).assignment, [ask_for_explanations])
    assert said in str(fault.value)
    assert at(function, line) in str(fault.value)


def test_a_claim_that_asks_the_truth_about_an_answer_stops_the_release():
    one = twice()

    @one.claim(points=1, x=st.floats(1.0, 9.0))
    def doubles_again(student, truth, x):
        """Twice the double is four times as much."""
        agree(truth(student.double(x)), 4 * x, tolerance=1e-12)

    with pytest.raises(AuthorFault, match="asks the truth about a student's answer"):
        record_of(plan_of(one).assignment)


def test_a_hint_that_works_is_said_before_the_engines_own():
    with_it, _ = wrong_with(lambda one: one.hint(lambda evidence: "Look at the sine."))
    assert with_it["claims"][0]["message"] == "Look at the sine."
    assert "remarks" not in with_it


def test_a_picture_that_sees_no_numbers_is_left_out_without_a_remark():
    def nothing(scene):
        raise ClaimFailure(1.0, 2.0)

    with_it, without = wrong_with(lambda one: one.pictures.append(nothing))
    assert with_it == without
