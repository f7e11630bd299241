"""What wrong answers have in common is said where it is plain, and nothing where it is not."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import pytest

from course_lib import reference
from course_lib.calls.answer import Answer, Call, Part
from course_lib.checks import load
from course_lib.checks.diagnosis import diagnose
from course_lib.checks.explain import report
from course_lib.checks.judging import Plan, judge
from course_lib.checks.patterns import pattern

NAMES = ("tf_log_like", "grad_log_like", "log_prior")
PLAN = Plan.draw(load("00_worksheet"), seed=9, only=NAMES)


def said(name: str, value: Callable[..., object]) -> str:
    """The first sentence that a student with this function reads."""
    exercise = PLAN.checks.exercises[name]

    def respond(call: Call) -> Answer:
        if call.mode == "gradient":
            return exercise.true_answer(call)
        with np.errstate(all="ignore"):
            got = np.asarray(value(*call.arguments))
        return Answer.of_values(*got, container="tuple") if got.ndim else Answer.of_values(got)

    result = judge(PLAN, exercise, lambda calls: [respond(call) for call in calls], 0.0)
    diagnosis = diagnose(result, None, lambda calls: [respond(call) for call in calls])
    claims = report(PLAN, result, diagnosis)["claims"]
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
    "only the second is wrong, and only in its sign.": [1.0, -1.0, 1.0],
    "only the third is wrong: it is 0.5 times what it should be.": [1.0, 1.0, 0.5],
    "only the first and the third are wrong.": [3.0, 1.0, 0.5],
}


@pytest.mark.parametrize("words", GRADIENTS)
def test_of_three_numbers_the_wrong_one_is_said_and_by_what(words: str) -> None:
    factors = np.array(GRADIENTS[words])
    assert words in said("grad_log_like", lambda *given: factors * GRAD(*given))


def test_a_power_of_s_is_seen() -> None:
    def value(x, y, m, b, s):
        return GRAD(x, y, m, b, s) * [1.0, 1.0, s]

    words = "only the third is wrong: it is off by a factor that is proportional to s."
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
    exercise = PLAN.checks.exercises["grad_log_like"]

    def respond(call: Call) -> Answer:
        parts = list(exercise.true_answer(call).parts)
        parts[1] = Part("none", "none", np.empty(0))
        return Answer(tuple(parts), "tuple")

    result = judge(PLAN, exercise, lambda calls: [respond(call) for call in calls], 0.0)
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
    plan = Plan.draw(load("00_worksheet"), seed=9, only=("fit_line",))
    exercise = plan.checks.exercises["fit_line"]

    def respond(call: Call) -> Answer:
        (part,) = exercise.true_answer(call).parts
        wobble = np.sin(1e3 * np.asarray(call.arguments[1])[:3])
        return Answer.of_values(part.values * (1 + 1e-7 * wobble) + [0.0, 0.0, off * wobble[0]])

    result = judge(plan, exercise, lambda calls: [respond(call) for call in calls], 0.0)
    assert "float32" not in pattern(plan, result)


def test_two_numbers_of_float32_and_a_wrong_one_are_not_called_float32() -> None:
    def one_wrong(*given):
        by_m, by_b, by_s = GRAD(*given)
        return np.float32(by_m), np.float32(by_b), by_s * (2 + np.sin(by_s))

    assert "float32" in said("grad_log_like", lambda *given: np.float32(GRAD(*given)))
    assert "float32" not in said("grad_log_like", one_wrong)
