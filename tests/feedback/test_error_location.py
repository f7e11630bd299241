"""Where an answer goes wrong is said in terms of the inputs, and only where it is plain."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from course_lib.claims.sampling import SamplingPlan
from course_lib.feedback import error_location
from course_lib.feedback.evidence import Evidence
from course_lib.protocol.questions import Answer, Question
from tests.answers import (
    LINE,
    Respond,
    altered,
    grad_log_like,
    judged,
    log_like,
    right,
    tensors,
)

PLAN = SamplingPlan.draw(LINE, seed=9, only=["log_like", "grad_log_like"])


def said(name: str, respond: Respond) -> str:
    """What the ways of saying where it goes wrong say, in the order in which they are asked."""
    evidence = Evidence(PLAN, judged(PLAN, respond, name, shrinking=False))
    with np.errstate(all="ignore"):
        ways = (
            error_location.derivatives,
            error_location.components,
            error_location.boundary,
            error_location.digits,
            error_location.side,
        )
        return next(filter(None, (way(evidence) for way in ways)), "")


def likelihood(value: Callable[..., float]) -> Respond:
    return altered(lambda v, question: [value(*question.arguments)])


def test_a_floor_is_found_by_its_scale() -> None:
    def floored(x, y, m, b, s):
        return log_like(x, y, m, b, max(s, 1e-5))

    assert said("log_like", likelihood(floored)).startswith("It is right for |s| from ")


def test_the_number_of_points_is_found() -> None:
    def one_too_many(x, y, m, b, s):
        return log_like(x, y, m, b, s) + (len(x) > 2) * len(x) ** 2

    sentence = said("log_like", likelihood(one_too_many))
    assert sentence == "It is right for len(x) up to 2, and wrong from 12 on."


def test_whole_numbers_are_written_whole_and_nothing_has_no_size() -> None:
    below, above = np.array([1.0, 2.0, 5.0]), np.array([3600.0, 123456.0])
    assert error_location._apart("n", below, above) == (
        "It is right for n up to 5, and wrong from 3600 on."
    )
    assert error_location._apart("|n|", above, 0.0 * below) == "It is wrong only where n is 0."


def test_right_digits_are_counted() -> None:
    def five_digits(x, y, m, b, s):
        value = log_like(x, y, m, b, s)
        return value * (1 + 1e-5 * (1 + 0.5 * np.sin(value)))

    assert said("log_like", likelihood(five_digits)).startswith("It is right to about 5 digits")


def test_right_digits_are_counted_where_nearly_all_are_right() -> None:
    """As a derivative by differences: closer than explanations ask for, and claims ask for more."""

    def nine_digits(x, y, m, b, s):
        value = log_like(x, y, m, b, s)
        return value * (1 + 1e-9 * (1 + 0.5 * np.sin(value)))

    assert said("log_like", likelihood(nine_digits)).startswith("It is right to about 9 digits")
    assert said("log_like", likelihood(log_like)) == ""


def test_one_value_that_all_right_inputs_share_is_told() -> None:
    def right_at_one(x, y, m, b, s):
        return log_like(x, y, m, b, s) + (0.1 if s != 1.0 else 0.0)

    sentence = said("log_like", likelihood(right_at_one))
    assert sentence == "It is right where s is 1, and wrong wherever it is not."


def test_a_right_value_with_a_wrong_derivative() -> None:
    def respond(question: Question) -> Answer:
        if question.mode == "value":
            return right(question)
        by_m, by_b, by_s = grad_log_like(*question.arguments)
        return tensors(by_m, by_b, 0.5 * by_s)

    assert said("log_like", respond).startswith(
        "The number is right on every input, and its derivative with respect to s is not"
    )


def test_one_of_three_numbers() -> None:
    sentence = said("grad_log_like", altered(lambda v, question: np.add(v, [0.0, 1.0, 0.0])))
    assert sentence == "Of the 3 numbers only the second is wrong."


@pytest.mark.parametrize(("sign", "word"), [(1, "large"), (-1, "small")])
def test_the_side_on_which_it_errs(sign: int, word: str) -> None:
    def off(x, y, m, b, s):
        value = log_like(x, y, m, b, s)
        return value + sign * (1 + np.abs(value) * (1 + np.sin(1e3 * s)))

    assert said("log_like", likelihood(off)) == f"Wherever it is wrong, it is too {word}."


def limited_to(change) -> str:
    """What is said of limits, if the right gradient comes back with `change` made to it."""
    answers = altered(lambda v, question: change(np.array(v)))
    return error_location.limits(
        Evidence(PLAN, judged(PLAN, answers, "grad_log_like", shrinking=False))
    )


def boxed(v: np.ndarray) -> np.ndarray:
    """A box for the second number; where that is at its wall, the first one settles elsewhere."""
    inside = np.clip(v, [-np.inf, -10.0, -np.inf], [np.inf, 10.0, np.inf])
    return np.add(inside, [0.3 * v[0] * (inside[1] != v[1]), 0.0, 0.0])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda v: np.clip(v, -10, 10),
            "The first number never leaves the range from -10 to 10, where it should.",
        ),
        (boxed, "The second number never leaves the range from -10 to 10, where it should."),
        (
            lambda v: np.minimum(v, [np.inf, np.inf, 10.0]),
            "The third number is never above 10, where it should be.",
        ),
        (lambda v: np.add(boxed(v), [0.0, 0.0, 1.0]), ""),
        (lambda v: np.clip(v, -10, 20), ""),
        (lambda v: v * [0.0, 1.0, 1.0], ""),
    ],
    ids=["clipped", "box", "ceiling", "wrong without a wall too", "two ends", "zero"],
)
def test_a_limit_of_several_numbers_is_found_where_it_explains_all(change, sentence) -> None:
    assert limited_to(change) == sentence


def test_nothing_is_said_where_nothing_is_plain() -> None:
    def noisy(x, y, m, b, s):
        size = np.abs(log_like(x, y, m, b, s))
        return log_like(x, y, m, b, s) + np.where(s * 1e3 % 1 < 0.5, 1, -1) * size

    assert said("log_like", likelihood(noisy)) == ""
    assert said("log_like", right) == ""


def test_another_rounding_of_a_gradient_that_vanishes_is_right() -> None:
    """At a best fit the truth is rounding: no part that is right may count as wrong there."""

    def respond(question: Question) -> Answer:
        x, y, m, b, s = (np.asarray(argument) for argument in question.arguments)
        z = (y - b - m * x) / s
        by_s = np.sum(z * z) / s - len(x) / s**2
        return tensors(np.sum(x * z / s), np.sum(z / s), by_s)

    sentence = said("grad_log_like", respond)
    assert sentence.startswith("Of the 3 numbers only the third is wrong")


def test_of_inputs_that_are_no_numbers_the_length_is_looked_at() -> None:
    pairs = dict(error_location.plain_features({"name": "ada", "many": [1, 2], "x": np.ones(3)}))
    assert pairs == {"the length of name": 3.0, "the length of many": 2.0, "len(x)": 3.0}
    assert dict(error_location.plain_features({"k": -2, "at": np.inf})) == {"|k|": 2.0, "k": -2.0}
