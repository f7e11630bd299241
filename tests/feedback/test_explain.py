"""What a claim compares is told from what the function returned; a cause stands at one claim."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from course_lib.claims import ClaimFailure, agree
from course_lib.claims.exercise import Exercise, exercise
from course_lib.claims.judging import judge
from course_lib.claims.sampling import SamplingPlan
from course_lib.feedback import card
from course_lib.feedback.diagnosis import Diagnosis, diagnose
from course_lib.feedback.explain import report
from course_lib.feedback.mistake_matching import KnownMistake
from course_lib.notebook.code import Code
from course_lib.protocol.questions import Answer
from tests.answers import LINE

VALUES = [{"x": 1.0}, {"x": 2.0}, {"x": 3.0}, {"x": 4.0}, {"x": 5.0}]


def rate(x):
    """A count, and the seconds for each: 12 seconds in all."""
    return 12.0 / x, x


def one(up_to_a_constant: bool = False) -> Exercise:
    found = exercise(points=2, up_to_a_constant=up_to_a_constant)(rate)

    @found.claim(points=1, always=VALUES)
    def shares_out_the_time(student, truth, x):
        """Count times seconds each is 12."""
        count, each = student.rate(x)
        agree(count * each, 12.0, tolerance=1e-9)

    @found.claim(points=1, always=VALUES)
    def counts(student, truth, x):
        """The count is right."""
        if not abs(student.rate(x)[0] - truth(x)[0]) <= 1e-9:
            raise ClaimFailure(truth(x)[0], student.rate(x)[0])

    return found


def said(answer, diagnosis: Diagnosis | None = None, **how):
    """The report on a function whose answers are `answer(x)`."""
    about = one(**how)
    course = dataclasses.replace(LINE, exercises={"rate": about})
    plan = SamplingPlan.draw(course, 3)

    def ask(questions):
        return [Answer(answer(*question.arguments)) for question in questions]

    result = judge(plan, about, ask, shrinking=False)
    return report(plan, result, diagnosis or diagnose(plan, result, None, ask))


def test_where_a_claim_compares_a_product_the_answer_itself_is_shown():
    claim = said(lambda x: (12.0 / x, 2 * x))["claims"][0]
    assert (claim["expected"], claim["got"]) == ([12.0, 1.0], [12.0, 2.0])
    assert "derived" not in claim


def test_where_there_is_no_one_right_answer_the_product_is_called_the_claims():
    check = said(lambda x: (12.0 / x, 2 * x), up_to_a_constant=True)
    claim = check["claims"][0]
    assert (claim["expected"], claim["got"], claim["derived"]) == (12.0, 24.0, True)
    assert "expected in the claim  12" in card.text(check)


def test_nan_that_came_back_is_an_answer():
    claim = said(lambda x: (float("nan"), x))["claims"][1]
    assert np.isnan(claim["got"]) and "derived" not in claim


def test_a_cause_is_told_once_and_two_mistakes_are_joined_by_or():
    mistakes = (KnownMistake("a", "It doubles.", 1), KnownMistake("b", "It halves.", 1))
    check = said(lambda x: (24.0 / x, x / 4), Diagnosis(mistakes=mistakes))
    assert [c["message"] for c in check["claims"] if c.get("message")] == [
        "It doubles.\nor: It halves."
    ]
    assert not any("mistake" in claim for claim in check["claims"])


class Bank:
    """Two mistakes that answer alike, and that every function's answers fit."""

    mistakes = (
        KnownMistake("log", "`np.log` left the tape.", 1),
        KnownMistake("other", "The tape is left.", 2),
    )

    def find(self, ask, truth):
        return self.mistakes[:1]

    def of_group(self, mistake):
        return list(self.mistakes)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("def rate(x):\n    return np.log(x), x", "`np.log` left the tape."),
        ("def rate(x):\n    return x.numpy(), x", "The tape is left."),
    ],
)
def test_a_mistakes_sentence_quotes_no_code_that_is_not_there(source, sentence):
    about = one()
    plan = SamplingPlan.draw(dataclasses.replace(LINE, exercises={"rate": about}), 3)

    def ask(questions):
        return [Answer((1.0, 1.0)) for _ in questions]

    result = judge(plan, about, ask, shrinking=False)
    found = diagnose(plan, result, Bank(), ask, code=Code.of(source, "rate"))
    assert [mistake.sentence for mistake in found.mistakes] == [sentence]


@pytest.mark.parametrize(
    ("words", "answer", "message"),
    [
        ("this is the count", lambda x: 2 * x, "It is 2 times what it should be, on every input."),
        ("this is the count", lambda x: x + (x > 2) * np.cos(np.pi * x) * x**2, ""),
        ("with a word of its own", lambda x: -x, "The size is right everywhere, and the sign is"),
        ("Yours counts twice.", lambda x: 2 * x, ""),
    ],
)
def test_a_label_stands_below_the_cause_and_a_sentence_in_its_place(words, answer, message):
    """A label only names the numbers; how often it is right is no cause."""
    about = exercise(points=1)(lambda x: x)
    about = dataclasses.replace(about, name="rate")

    @about.claim(points=1, always=VALUES)
    def counts(student, truth, x):
        """The count is right."""
        agree(student.rate(x), truth(x), message=words)

    course = dataclasses.replace(LINE, exercises={"rate": about})
    plan = SamplingPlan.draw(course, 3)

    def ask(questions):
        return [Answer(float(answer(*question.arguments))) for question in questions]

    result = judge(plan, about, ask, shrinking=False)
    claim = report(plan, result, diagnose(plan, result, None, ask))["claims"][0]
    first, *rest = claim["message"].split("\n")
    assert first.startswith(message or words)
    assert rest == ([words] if message else [])
