"""What wrong answers have in common is said where it is plain, and nothing where it is not."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import pytest
from worksheet import ASSIGNMENT, array, module, reference, right, tensors

from course_lib.claims.judging import judge
from course_lib.claims.sampling import SamplingPlan
from course_lib.claims.shrinking import Asker, Effort, simplest, smaller
from course_lib.feedback import error_location
from course_lib.feedback.diagnosis import diagnose
from course_lib.feedback.evidence import Evidence
from course_lib.feedback.explain import report
from course_lib.feedback.patterns import pattern
from course_lib.protocol.questions import Answer, Question
from course_lib.protocol.values import natural

NAMES = ("tf_log_like", "grad_log_like", "log_prior")
PLAN = SamplingPlan.draw(ASSIGNMENT, seed=9, only=NAMES)


def valued(value: Callable[..., object]) -> Callable[[Question], Answer]:
    """A student whose values are these, and whose derivatives are right."""

    def respond(question: Question) -> Answer:
        if question.mode == "gradient":
            return right(question)
        with np.errstate(all="ignore"):
            return tensors(*np.atleast_1d(np.asarray(value(*question.arguments))))

    return respond


def said(name: str, value: Callable[..., object]) -> str:
    """The first sentence that a student with this function reads."""
    respond = valued(value)

    def ask(questions: list[Question]) -> list[Answer]:
        return [respond(question) for question in questions]

    result = judge(PLAN, ASSIGNMENT.exercises[name], ask, 0.0)
    claims = report(PLAN, result, diagnose(PLAN, result, None, ask))["claims"]
    return next((claim["message"] for claim in claims if claim.get("message")), "")


def weighted(squares: float, heights: float) -> Callable[..., float]:
    """A log likelihood whose terms are multiplied by these."""

    def value(x, y, m, b, s):
        z = (y - m * x - b) / s
        return float(
            -0.5 * squares * np.sum(z**2)
            - heights * len(x) * np.log(s)
            - 0.5 * len(x) * np.log(2 * np.pi)
        )

    return value


LIKE, GRAD = reference.log_like, reference.grad_log_like
PLAIN = {
    "as if the last point were not there": lambda x, y, m, b, s: (
        LIKE(x[:-1], y[:-1], m, b, s) if len(x) > 1 else 0.0
    ),
    "as if b were 0": lambda x, y, m, b, s: LIKE(x, y, m, 0.0, s),
    "as if m were what b is": lambda x, y, m, b, s: LIKE(x, y, b, b, s),
    "as if b and m were exchanged": lambda x, y, m, b, s: LIKE(x, y, b, m, s),
    "as if b had the other sign": lambda x, y, m, b, s: LIKE(x, y, m, -b, s),
    "as if m were never negative": lambda x, y, m, b, s: LIKE(x, y, abs(m), b, s),
    "as if s were 1.": lambda x, y, m, b, s: LIKE(x, y, m, b, 1.0),
    "as if s were its own root": lambda x, y, m, b, s: LIKE(x, y, m, b, np.sqrt(s)),
    "grows with the squared residuals over s²": weighted(2.0, 1.0),
    "grows with the number of points times log s": weighted(1.0, 2.0),
    "larger than it should be by as many times as there are": lambda x, *rest: (
        len(x) * LIKE(x, *rest)
    ),
}


@pytest.mark.parametrize("words", PLAIN)
def test_a_plain_change_is_recognised(words: str) -> None:
    assert words in said("tf_log_like", PLAIN[words])


GRADIENTS = {
    "only the second (b) is wrong: it has the right size and the wrong sign.": [1.0, -1.0, 1.0],
    "only the third (s) is wrong: it is 0.5 times what it should be.": [1.0, 1.0, 0.5],
    "only the first (m) and the third (s) are wrong: the first (m) is 3 times": [3.0, 1.0, 0.5],
}


@pytest.mark.parametrize("words", GRADIENTS)
def test_of_three_numbers_the_wrong_one_is_said_and_by_what(words: str) -> None:
    factors = np.array(GRADIENTS[words])
    assert words in said("grad_log_like", lambda *given: factors * GRAD(*given))


def test_a_power_of_s_is_seen() -> None:
    def value(x, y, m, b, s):
        return GRAD(x, y, m, b, s) * [1.0, 1.0, s]

    words = "only the third (s) is wrong: it is off by a factor that is proportional to s."
    assert words in said("grad_log_like", value)


def test_the_factor_of_a_prior_is_seen() -> None:
    sentence = said("log_prior", lambda m, b, log_s: -np.log1p(m**2))
    assert "It is 0.666667 times what it should be" in sentence


def test_an_argument_that_is_not_noticed_is_said() -> None:
    assert "whatever y is." in said("tf_log_like", lambda x, y, m, b, s: LIKE(x, x * x, m, b, s))
    sentence = said("tf_log_like", lambda x, y, m, b, s: LIKE(x, y * y, s, 0.3, s))
    assert "whatever m and b are." in sentence


def test_of_two_parts_the_wrong_one_is_said() -> None:
    def cubes(x, y, m, b, s):
        z = (y - m * x - b) / s
        return LIKE(x, y, m, b, s) + 0.5 * np.sum(z**2 - np.abs(z) ** 3)

    def shifted(x, y, m, b, s):
        return LIKE(x, y, m, b, s) + len(x) * np.log1p(1 / s)

    assert "look at what is done with the residuals" in said("tf_log_like", cubes)
    assert "look at the term that has s alone" in said("tf_log_like", shifted)


def test_something_else_than_numbers_is_said() -> None:
    sentence = said("grad_log_like", lambda *given: np.tile(GRAD(*given), 2))
    assert sentence.startswith("It returns a tuple of 6: ")
    assert sentence.endswith("asked for: three float64 tensors without axes.")


ORDERS = {
    "The three numbers are right, and they stand in another order.": [1, 0, 2],
    "The second of the three is what the first should be.": [0, 0, 2],
}


@pytest.mark.parametrize("words", ORDERS)
def test_a_number_in_anothers_place_is_said(words: str) -> None:
    assert said("grad_log_like", lambda *given: GRAD(*given)[ORDERS[words]]) == words


def test_a_missing_derivative_is_said() -> None:
    def respond(question: Question) -> Answer:
        by_m, _, by_s = right(question).value
        return Answer((by_m, None, by_s))

    exercise = ASSIGNMENT.exercises["grad_log_like"]
    result = judge(PLAN, exercise, lambda questions: [respond(q) for q in questions], 0.0)
    messages = [claim.get("message", "") for claim in report(PLAN, result)["claims"]]
    assert any(
        m.startswith("The second (by b) is None: the tape did not watch b") for m in messages
    )


def test_two_changes_at_once_are_not_taken_for_one() -> None:
    sentence = said("tf_log_like", lambda x, y, m, b, s: LIKE(x, y, b, 0.0, s) + s)
    assert "as if" not in sentence and "grows with" not in sentence


NONSENSE = {
    "infinity": lambda *given: np.inf,
    "not a number": lambda *given: np.nan,
    "huge": lambda *given: 1e308,
    "tiny": lambda *given: 5e-324,
    "of every size": lambda x, y, m, b, s: np.exp(s) * 1e300 * (-1) ** len(x),
    "zero or infinity": lambda x, y, m, b, s: np.inf if len(x) > 1 else 0.0,
}


@pytest.mark.parametrize("kind", NONSENSE)
def test_nonsense_is_explained_without_a_warning(kind: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        said("tf_log_like", NONSENSE[kind])


@pytest.mark.parametrize("off", [0.0, 0.35], ids=["the optimiser's", "log s"])
def test_a_fit_that_stops_short_is_not_called_float32(off: float) -> None:
    plan = SamplingPlan.draw(ASSIGNMENT, seed=9, only=("fit_line",))
    exercise = ASSIGNMENT.exercises["fit_line"]

    def respond(question: Question) -> Answer:
        wobble = np.sin(1e3 * np.asarray(question.arguments[1])[:3])
        best = natural(right(question).value)
        return array(best * (1 + 1e-7 * wobble) + [0.0, 0.0, off * wobble[0]])

    result = judge(plan, exercise, lambda questions: [respond(q) for q in questions], 0.0)
    assert "float32" not in pattern(Evidence(plan, result))


def test_two_numbers_of_float32_and_a_wrong_one_are_not_called_float32() -> None:
    def one_wrong(*given):
        by_m, by_b, by_s = GRAD(*given)
        return np.float32(by_m), np.float32(by_b), by_s * (2 + np.sin(by_s))

    assert "float32" in said("grad_log_like", lambda *given: np.float32(GRAD(*given)))
    assert "float32" not in said("grad_log_like", one_wrong)


# ------------------------------------------------------------------ where it goes wrong


def located(
    name: str, respond: Callable[[Question], Answer], plan: SamplingPlan = PLAN
) -> tuple[str, Evidence]:
    """What the ways of saying where it goes wrong say, in the order in which they are asked."""
    exercise = ASSIGNMENT.exercises[name]
    result = judge(plan, exercise, lambda questions: [respond(q) for q in questions], 0.0)
    evidence = Evidence(plan, result)
    with np.errstate(all="ignore"):
        ways = (
            error_location.derivatives,
            error_location.components,
            error_location.boundary,
            error_location.digits,
            error_location.side,
        )
        return next(filter(None, (way(evidence) for way in ways)), ""), evidence


def test_a_floor_is_found_by_its_scale() -> None:
    floored = valued(lambda x, y, m, b, s: LIKE(x, y, m, b, max(s, 1e-5)))
    assert located("tf_log_like", floored)[0].startswith("It is right for s from ")


def test_the_number_of_points_is_found() -> None:
    one_too_many = valued(lambda x, y, m, b, s: LIKE(x, y, m, b, s) + (len(x) > 2) * len(x) ** 2)
    sentence, _ = located("tf_log_like", one_too_many)
    assert sentence == "It is right for the number of points up to 2, and wrong from 3 on."


def test_a_value_that_rounds_to_nothing_is_right_and_its_derivative_is_looked_at() -> None:
    """1 + m² is 1 for a tiny m: no digit of the log is left, and none is missed."""

    def respond(question: Question) -> Answer:
        if question.mode == "gradient":
            return Answer((tensors(0.0).value,))
        return tensors(-1.5 * np.log(1.0 + question.arguments[0] ** 2))

    assert located("log_prior", respond)[0].startswith(
        "The number is right on every input, and its deriv"
    )


def test_another_rounding_of_a_gradient_that_vanishes_is_right() -> None:
    """At a best fit the truth is rounding: no part that is right may count as wrong there."""

    def respond(question: Question) -> Answer:
        x, y, m, b, s = (np.asarray(argument) for argument in question.arguments)
        z = (y - b - m * x) / s
        by_s = np.sum(z * z) / s - len(x) / s**2
        return tensors(np.sum(x * z / s), np.sum(z / s), by_s)

    sentence, _ = located("grad_log_like", respond)
    assert sentence.startswith("Of the 3 numbers only the third (s) is wrong")


def test_it_is_not_called_right_where_a_failure_is_shown() -> None:
    """A claim about two scales shows the one that was asked first, which may be the right one."""

    def respond(question: Question) -> Answer:
        if question.mode == "gradient":
            return tensors(1.0, 1.0, 1.0)
        x, y, m, b, s = (np.asarray(argument) for argument in question.arguments)
        value = LIKE(x, y, m, b, s)
        off = np.sign(np.sin(1e5 * m)) * (1 + np.sin(1e3 * y.sum()) + np.abs(value))
        return tensors(value + off * (s != 1.0))

    sentence, evidence = located("tf_log_like", respond)
    questions = [c.failure.question for c in evidence.result.claims if c.failure is not None]
    assert any(q is not None and q.arguments[-1] == 1.0 for q in questions)
    assert "It is right where |log s| is 0" not in sentence


# ------------------------------------------------------------------ what is shown of an input


def shown(name: str, wrong: Callable[[dict], bool], claim: str) -> dict:
    """The inputs that are shown where `name` is off by three wherever `wrong` says so."""
    exercise = ASSIGNMENT.exercises[name]
    plan = SamplingPlan.draw(ASSIGNMENT, seed=3, only=(name,))

    def respond(question: Question) -> Answer:
        given = dict(zip(exercise.arguments, question.arguments, strict=True))
        if question.mode == "gradient" or not wrong(given):
            return right(question)
        return tensors(natural(right(question).value) + 3.0)

    result = judge(plan, exercise, lambda questions: [respond(q) for q in questions])
    return next(c for c in report(plan, result)["claims"] if c["claim"] == claim)["inputs"]


def test_an_extreme_that_is_tried_always_is_shown_with_few_digits() -> None:
    inputs = shown("tf_log_like_log_s", lambda given: given["log_s"] < -20, "has_the_right_value")
    assert len(inputs["x"]) == 1
    assert inputs["log_s"] == -30.0  # of -27.63…, and -20 would not fail


def test_many_points_are_left_out_where_few_fail_too() -> None:
    def at_the_many(given: dict) -> bool:
        return bool(np.any(np.abs(given["x"] - 0.25) < 0.2) and given["s"] == 0.4)

    inputs = shown("tf_log_like", at_the_many, "has_the_right_value")
    assert len(inputs["x"]) <= 3


def test_an_input_on_which_a_right_answer_fails_is_never_shown() -> None:
    """Without a residual nothing can fall as residuals grow: rounding must not lead there."""
    exercise = ASSIGNMENT.exercises["tf_log_like"]
    gate = next(claim for claim in exercise.claims if claim.gate)
    line = module("inputs").Line(np.array([1.0]), np.array([1.04]), 1.0, 0.0, 0.25)  # 1 and 1
    student, truth = Asker(ASSIGNMENT, lambda q: tensors(1.0), PLAN.truth), PLAN.truth_for(exercise)
    failure = simplest(gate, student, truth, [{"line": line}])
    found = smaller(gate, student, truth, failure, PLAN.search(gate, {}), Effort(400))
    there = found.inputs["line"]
    assert np.all(there.y != there.m * there.x + there.b)
