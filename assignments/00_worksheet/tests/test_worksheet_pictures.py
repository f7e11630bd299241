"""The worksheet's pictures: a curve along a parameter, a posterior from above, a fitted line."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable

import numpy as np
from worksheet import ASSIGNMENT, array, module, reference, tensors

from course_lib.claims.judging import judge
from course_lib.claims.sampling import SamplingPlan
from course_lib.feedback.diagnosis import diagnose
from course_lib.feedback.explain import report
from course_lib.feedback.pictures import svg
from course_lib.protocol.questions import Answer, Question


def picture_of(name: str, respond: Callable[[Question], Answer]) -> dict:
    """The one picture in what a student with this function is shown."""
    plan = SamplingPlan.draw(ASSIGNMENT, seed=4, share=0.3, only=(name,))

    def ask(questions: list[Question]) -> list[Answer]:
        return [respond(question) for question in questions]

    result = judge(plan, ASSIGNMENT.exercises[name], ask)
    check = report(plan, result, diagnose(plan, result, None, ask))
    (picture,) = (claim["picture"] for claim in check["claims"] if "picture" in claim)
    assert svg(picture)
    return picture


def missing_half(question: Question) -> Answer:
    if question.mode == "gradient":
        return tensors(*reference.grad_log_like(*question.arguments))
    return tensors(2 * reference.log_like(*question.arguments))


def with_the_prior(times: float) -> Callable[[Question], Answer]:
    """A log posterior in which the prior counts so many times, and a constant of its author's."""

    def respond(question: Question) -> Answer:
        more, theta = times - 1.0, question.arguments[2:]
        if question.mode == "gradient":
            wrong = reference.grad_log_prob(*question.arguments)
            return tensors(*(wrong + more * reference.grad_log_prior(*theta)))
        wrong = reference.log_prob(*question.arguments)
        return tensors(wrong + more * reference.log_prior(*theta) + 1e3)

    return respond


def test_a_likelihoods_curve_is_along_its_scale() -> None:
    picture = picture_of("tf_log_like", missing_half)
    assert picture["foot"].startswith("s from ")
    right, yours = (np.array(line["y"]) for line in picture["lines"])
    assert np.allclose(yours, 2 * right, rtol=1e-3)  # a picture's numbers have four digits


def test_a_log_posteriors_contours_stand_beside_the_right_ones() -> None:
    picture = picture_of("log_prob", with_the_prior(-1.0))
    assert picture["foot"] == "m across, b up"
    root = ET.fromstring(svg(picture))
    dashed = ["stroke-dasharray" in line.attrib for line in root.findall("polyline")]
    assert dashed == [False, False, True, True]  # two regions each
    right, yours = (
        np.mean(
            [float(p.split(",")[0]) for p in root.findall("polyline")[k].attrib["points"].split()]
        )
        for k in (0, 2)
    )
    assert yours > right + 10  # pixels: a prior that is subtracted prefers steep lines
    assert "Yours is highest at m = " in root.attrib["aria-label"]


def test_a_constant_of_its_authors_moves_no_contour() -> None:
    """Both are seen from their own top: with a constant alone there are no contours."""
    plan = SamplingPlan.draw(ASSIGNMENT, seed=4, share=0.3, only=("log_prob",))
    exercise = ASSIGNMENT.exercises["log_prob"]

    def ask(questions: list[Question]) -> list[Answer]:
        return [with_the_prior(1.0)(question) for question in questions]

    result = judge(plan, exercise, ask)
    assert result.status == "passed"
    scene = module("contours").Scene(exercise, {}, plan.questions["log_prob"][0], plan.truth, ask)
    assert module("contours").contours(scene) is None


def test_a_slow_log_posterior_is_not_asked_two_hundred_times(monkeypatch) -> None:
    monkeypatch.setattr(module("contours"), "PATIENCE", 0.0)
    picture = picture_of("log_prob", with_the_prior(-1.0))
    assert picture["foot"].startswith("m from ")


def test_a_prior_is_seen_from_its_own_top() -> None:
    def half(question: Question) -> Answer:
        if question.mode == "gradient":
            return Answer((tensors(0.5 * reference.grad_log_prior(*question.arguments)[0]).value,))
        return tensors(7.0 + 0.5 * reference.log_prior(*question.arguments))

    picture = picture_of("log_prior", half)
    assert picture["foot"].startswith("m from ")
    assert max(picture["lines"][0]["y"]) == max(picture["lines"][1]["y"]) == 0.0
    assert "yours falls more slowly" in svg(picture)


def test_a_fit_shows_the_data_and_both_lines() -> None:
    def through_the_origin(question: Question) -> Answer:
        x, y, theta0 = question.arguments
        return array([np.sum(x * y) / np.sum(x**2), 0.0, theta0[2]])

    picture = picture_of("fit_line", through_the_origin)
    (dots,) = picture["dots"]
    slope, height = np.polyfit(dots["x"], dots["y"], 1)
    x, y = (np.array(picture["lines"][0][name]) for name in "xy")
    assert np.allclose(y, slope * x + height, rtol=1e-2, atol=1e-2)
    assert "intercept 0, and" in picture["says"]
