"""A card's picture: numbers become strokes, words stand beside them, and no text gets in."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from course_lib import reference
from course_lib.calls.answer import Answer, Call
from course_lib.checks import card, load
from course_lib.checks.diagnosis import diagnose
from course_lib.checks.drawing import svg
from course_lib.checks.explain import report
from course_lib.checks.judging import Plan, judge

CHECKS = load("00_worksheet")
CURVE = {"kind": "curve", "along": "s", "at": [1.0, 2.0, 4.0], "expected": [-3.0, -1.0, -2.0],
         "got": [-1.0, -2.0, -4.0]}  # fmt: skip


def reported(name: str, respond) -> dict:
    plan = Plan.draw(CHECKS, seed=4, share=0.3, only=(name,))

    def ask(calls: list[Call]) -> list[Answer]:
        return [respond(call) for call in calls]

    result = judge(plan, CHECKS.exercises[name], ask, shrinking=0.1)
    return report(plan, result, diagnose(result, None, ask))


def pictures(check: dict) -> list[dict]:
    return [claim["picture"] for claim in check["claims"] if "picture" in claim]


def missing_half(call: Call) -> Answer:
    if call.mode == "gradient":
        return Answer.of_values(*reference.grad_log_like(*call.arguments), container="tuple")
    return Answer.of_values(2 * reference.log_like(*call.arguments))


def through_the_origin(call: Call) -> Answer:
    x, y, theta0 = call.arguments
    slope = np.sum(x * y) / np.sum(x**2)
    return Answer.of_values(np.array([slope, 0.0, theta0[2]]), kind="array")


def test_a_likelihoods_curve_stands_beside_the_right_one_at_the_first_claim_that_fails() -> None:
    (picture,) = pictures(reported("tf_log_like", missing_half))
    assert picture["along"] == "s"
    assert np.allclose(picture["got"], 2 * np.array(picture["expected"]))


def with_the_prior(times: float):
    """A log posterior in which the prior counts so many times, and a constant of its author's."""

    def respond(call: Call) -> Answer:
        more = times - 1.0
        if call.mode == "gradient":
            wrong = reference.grad_log_prob(*call.arguments)
            wrong = wrong + more * reference.grad_log_prior(*call.arguments[2:])
            return Answer.of_values(*wrong, container="tuple")
        wrong = reference.log_prob(*call.arguments) + more * reference.log_prior(
            *call.arguments[2:]
        )
        return Answer.of_values(wrong + 1e3)

    return respond


def test_a_log_posteriors_contours_stand_beside_the_right_ones() -> None:
    (picture,) = pictures(reported("log_prob", with_the_prior(-1.0)))
    assert picture["kind"] == "contours"
    assert max(picture["got"]) == max(picture["expected"]) == 0.0  # a constant is nobody's business
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


def test_a_slow_log_posterior_is_not_asked_two_hundred_times(monkeypatch) -> None:
    monkeypatch.setattr("course_lib.checks.contours.PATIENCE", 0.0)
    (picture,) = pictures(reported("log_prob", with_the_prior(-1.0)))
    assert picture["kind"] == "curve" and picture["along"] == "m"


def test_a_prior_is_seen_from_its_own_top() -> None:
    def half(call: Call) -> Answer:
        if call.mode == "gradient":
            slope = reference.grad_log_prior(*call.arguments)[:1]
            return Answer.of_values(*(0.5 * slope), container="tuple")
        return Answer.of_values(7.0 + 0.5 * reference.log_prior(*call.arguments))

    (picture,) = pictures(reported("log_prior", half))
    assert picture["along"] == "m"
    assert "yours falls more slowly" in svg(picture)


def test_a_fit_shows_the_data_and_both_lines() -> None:
    (picture,) = pictures(reported("fit_line", through_the_origin))
    x, y = np.array(picture["x"]), np.array(picture["y"])
    assert np.allclose(picture["expected"], np.polyfit(x, y, 1))
    assert picture["got"][1] == 0.0


def test_where_there_is_nothing_to_see_there_is_no_picture() -> None:
    def right_but_for_its_type(call: Call) -> Answer:
        answer = missing_half(call)
        if call.mode == "value":
            return Answer.of_values(reference.log_like(*call.arguments), kind="number")
        return answer

    def raises(call: Call) -> Answer:
        return Answer.failed("raised", "ValueError: no")

    assert pictures(reported("tf_log_like", right_but_for_its_type)) == []
    assert pictures(reported("tf_log_like", raises)) == []
    assert "<svg" not in card.html(reported("tf_log_like", raises))


def test_it_is_drawn_inside_its_frame_and_said_in_words() -> None:
    root = ET.fromstring(svg(CURVE))
    assert root.attrib["role"] == "img"
    words = root.attrib["aria-label"]
    assert words == (
        "Your function along s, dashed, and the right one, solid: yours is highest at s = 1, "
        "not at 2."
    )
    width, height = (float(n) for n in root.attrib["viewBox"].split()[2:])
    right, yours = root.findall("polyline")
    assert "stroke-dasharray" in yours.attrib and "stroke-dasharray" not in right.attrib
    for line in (right, yours):
        for across, down in re.findall(r"([\d.-]+),([\d.-]+)", line.attrib["points"]):
            assert 0 <= float(across) <= width and 0 <= float(down) <= height
    tops = [min(float(p.split(",")[1]) for p in line.attrib["points"].split()) for line in root.findall("polyline")]  # fmt: skip  # noqa: E501
    assert tops[0] == pytest.approx(tops[1])  # both reach -1


@pytest.mark.parametrize(
    "hostile",
    [
        {"along": "<script>alert(1)</script>"},
        {"got": ["<b>1</b>", 2.0, 3.0]},
        {"got": [float("nan"), 1.0, 2.0]},
        {"got": [1.0]},
        {"kind": "<svg onload=alert(1)>"},
        {"at": None},
        {"kind": "contours", "m": [1.0, 2.0], "b": [1.0, 2.0]},
        {"kind": "contours", "m": "<b>", "b": [1.0, 2.0]},
        {"kind": []},
    ],
)
def test_what_is_no_picture_is_not_drawn(hostile: dict) -> None:
    assert svg(CURVE | hostile) == ""
