"""What all wrong answers have in common is said where it is plain."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import pytest

from course_lib.claims.sampling import SamplingPlan
from course_lib.feedback.diagnosis import diagnose
from course_lib.feedback.evidence import Evidence
from course_lib.feedback.explain import report
from course_lib.feedback.patterns import pattern
from course_lib.protocol.questions import Answer, Question
from course_lib.protocol.values import Numbers
from tests.answers import LINE, altered, each, grad_log_like, judged, log_like, right

PLAN = SamplingPlan.draw(LINE, seed=3)


def said(respond, name: str = "log_like") -> list[str]:
    result = judged(PLAN, respond, name)
    diagnosis = diagnose(PLAN, result, None, each(respond))
    claims = report(PLAN, result, diagnosis)["claims"]
    return [claim["message"] for claim in claims if claim.get("message")]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda v, q: v * 2, "It is 2 times what it should be"),
        (lambda v, q: -v, "the sign is wrong everywhere"),
        (lambda v, q: v + 3, "off by the same amount on every input: +3"),
        (lambda v, q: v + 0.9189385 * len(q.arguments[0]), "off by +0.91893"),
        (lambda v, q: v / len(q.arguments[0]), "smaller than it should be by as many times"),
        (lambda v, q: v * len(q.arguments[0]), "larger than it should be by as many times as"),
        (lambda v, q: v * np.nan, "It gives nan, which is not a number, on every input"),
        (lambda v, q: v * np.inf, "not a finite number"),
        (lambda v, q: np.where(v < -500, -np.inf, v), "It gives -inf on"),
        (lambda v, q: v * 0 + 1, "the same answer whatever the input is"),
        (lambda v, q: v.astype(np.float32).astype(float), "somewhere on the way"),
    ],
)
def test_a_clear_pattern_is_said(change, sentence):
    found = said(altered(change))
    assert any(sentence in text for text in found), found


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda v, q: v[[1, 0, 2]], "The three numbers are right, and they stand in another order"),
        (lambda v, q: v[[0, 0, 2]], "The second of the three is what the first should be."),
        (lambda v, q: v * [1, 1, 2], "only the third is wrong: it is 2 times what it should be"),
        (
            lambda v, q: v * [1, -1, 1],
            "only the second is wrong: it has the right size and the wrong",
        ),
        (
            lambda v, q: v * [3, 1, 0.5],
            "only the first and the third are wrong: the first is 3 times",
        ),
    ],
)
def test_a_pattern_in_three_numbers_is_said(change, sentence):
    assert sentence in " ".join(said(altered(change), "grad_log_like"))


def test_a_pattern_of_the_answers_that_are_numbers_is_said_of_them_alone():
    found = " ".join(said(altered(lambda v, q: v + 3 if len(q.arguments[0]) > 1 else v * np.nan)))
    assert "on every input: +3" not in found
    assert "off by the same amount wherever it gives a number: +3" in found


def test_something_else_than_numbers_is_said():
    six = said(altered(lambda v, q: np.tile(v, 2)), "grad_log_like")[0]
    assert six.startswith("It returns a tuple of 6: ")
    assert six.endswith("asked for: three float64 tensors without axes.")


def test_a_missing_derivative_is_said():
    def respond(question: Question) -> Answer:
        by_m, _, by_s = right(question).value
        return Answer((by_m, None, by_s))

    found = said(respond, "grad_log_like")
    assert any(
        text.startswith("The second (by b) is None: the tape did not watch b") for text in found
    )


@pytest.mark.parametrize(
    ("function", "argument"),
    [
        (lambda x, y, m, b, s: log_like(x, x * x, m, b, s), "whatever y is."),
        (lambda x, y, m, b, s: log_like(x, y * y, s, 0.3, s), "whatever m and b are."),
    ],
)
def test_an_argument_that_is_not_noticed_is_said(function, argument):
    found = said(altered(lambda v, q: [function(*q.arguments)]))
    assert any(text.endswith(argument) for text in found), found


NONSENSE: dict[str, Callable[..., float]] = {
    "infinity": lambda *given: np.inf,
    "not a number": lambda *given: np.nan,
    "huge": lambda *given: 1e308,
    "tiny": lambda *given: 5e-324,
    "of every size": lambda x, y, m, b, s: np.exp(min(s, 700.0)) * (-1.0) ** len(x),
    "zero or infinity": lambda x, y, m, b, s: np.inf if len(x) > 1 else 0.0,
}


@pytest.mark.parametrize("kind", NONSENSE)
def test_nonsense_is_explained_without_a_warning(kind):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert said(altered(lambda v, q: [NONSENSE[kind](*q.arguments)]))


@pytest.mark.parametrize("off", [0.0, 0.35], ids=["the optimiser's", "more"])
def test_a_search_that_stops_short_is_not_called_float32(off):
    def respond(question: Question) -> Answer:
        best = right(question).value.values
        wobble = np.sin(1e3 * np.asarray(question.arguments[1])[:2])
        return Answer(Numbers("array", "float64", best * (1 + 1e-7 * wobble) + [0.0, off]))

    result = judged(PLAN, respond, "fit_line", shrinking=False)
    assert "float32" not in pattern(Evidence(PLAN, result))


def test_two_numbers_of_float32_and_a_wrong_one_are_not_called_float32():
    def single(v, q):
        return np.float32(v)

    def one_wrong(v, q):
        by_m, by_b, by_s = grad_log_like(*q.arguments)
        return np.float32(by_m), np.float32(by_b), by_s * (2 + np.sin(by_s))

    assert "float32" in said(altered(single), "grad_log_like")[0]
    assert "float32" not in " ".join(said(altered(one_wrong), "grad_log_like"))


def test_a_notebook_whose_first_cells_never_ran_is_asked_about_them(monkeypatch):
    monkeypatch.setattr(LINE, "given", frozenset({"tf"}))
    stop = Answer.failed("raised", "NameError: name 'tf' is not defined", "line 3: model = tf.add")
    found = said(lambda question: stop)
    assert sum("Have the notebook's first cells been run?" in text for text in found) == 1
    assert "did you mean" not in " ".join(found)


def test_an_exercise_that_is_built_on_and_not_there_is_named():
    stop = Answer.failed("raised", "NameError: name 'log_like' is not defined")
    found = " ".join(said(lambda question: stop, "grad_log_like"))
    assert "It builds on log_like, which is not there" in found


def test_a_first_line_that_does_not_fit_is_said():
    stop = Answer.failed("raised", "TypeError: f() takes 2 positional arguments but 5 were given")
    (sentence,) = said(lambda question: stop)
    assert "It is called with 5 arguments, (x, y, m, b, s)" in sentence


def test_float32_beside_float64_is_said():
    stop = Answer.failed(
        "raised",
        "InvalidArgumentError: input is expected to be a double tensor but is a float tensor",
    )
    (sentence,) = said(lambda question: stop)
    assert "One of the two is float32" in sentence
