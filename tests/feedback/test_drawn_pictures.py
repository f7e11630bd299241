"""A card's picture: numbers become strokes, words stand beside them, and no text gets in."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

import numpy as np
import pytest

from course_lib.claims.sampling import SamplingPlan
from course_lib.feedback import card
from course_lib.feedback.diagnosis import diagnose
from course_lib.feedback.explain import report
from course_lib.feedback.pictures import svg
from course_lib.protocol.questions import Answer, Question
from course_lib.protocol.values import Numbers
from tests.answers import LINE, Respond, altered, each, judged, right, tensors

CURVE = {
    "lines": [
        {"x": [1.0, 2.0, 4.0], "y": [-3.0, -1.0, -2.0], "yours": False},
        {"x": [1.0, 2.0, 4.0], "y": [-1.0, -2.0, -4.0], "yours": True},
    ],
    "foot": "s from 1 to 4",
    "says": "Your function along s, dashed, and the right one, solid: they cross.",
}


def reported(name: str, respond: Respond) -> Any:
    plan = SamplingPlan.draw(LINE, seed=4, share=0.3, only=(name,))
    result = judged(plan, respond, name)
    return report(plan, result, diagnose(plan, result, None, each(respond)))


def pictures(check: dict) -> list[dict]:
    return [claim["picture"] for claim in check["claims"] if "picture" in claim]


def curves(picture: dict) -> tuple[np.ndarray, np.ndarray]:
    """The heights of the right curve and of the student's."""
    expected, got = picture["lines"]
    assert not expected["yours"] and got["yours"]
    return np.array(expected["y"]), np.array(got["y"])


missing_half = altered(lambda v, question: 2 * v)


def through_the_origin(question: Question) -> Answer:
    x, y = question.arguments
    return Answer(Numbers("array", "float64", np.array([np.sum(x * y) / np.sum(x**2), 0.0])))


def test_a_curve_stands_beside_the_right_one_at_the_first_claim_that_fails() -> None:
    (picture,) = pictures(reported("log_like", missing_half))
    expected, got = curves(picture)
    assert picture["foot"].startswith("s from ")
    assert np.allclose(got, 2 * expected, rtol=1e-3)  # a picture's numbers have four digits


def test_a_function_up_to_a_constant_is_seen_from_its_own_top(monkeypatch) -> None:
    monkeypatch.setattr(LINE.exercises["log_like"], "up_to_a_constant", True)
    half = altered(lambda v, question: 7.0 + 0.5 * v)
    (picture,) = pictures(reported("log_like", half))
    expected, got = curves(picture)
    assert max(expected) == max(got) == 0.0
    assert "yours falls more slowly" in svg(picture)


def test_a_fit_shows_the_data_and_both_lines() -> None:
    (picture,) = pictures(reported("fit_line", through_the_origin))
    (dots,) = picture["dots"]
    fit_line = LINE.exercises["fit_line"].truth
    slope, height = fit_line(np.array(dots["x"]), np.array(dots["y"]))
    expected, _ = picture["lines"]
    on_it = slope * np.array(expected["x"]) + height
    assert np.allclose(expected["y"], on_it, rtol=1e-2, atol=1e-2 * np.ptp(on_it))
    assert "intercept 0, and" in picture["says"]


def test_where_there_is_nothing_to_see_there_is_no_picture() -> None:
    def right_but_for_its_type(question: Question) -> Answer:
        answer = right(question)
        if question.mode == "value":
            return Answer(float(answer.value.values))
        return answer

    def raises(question: Question) -> Answer:
        return Answer.failed("raised", "ValueError: no")

    assert pictures(reported("log_like", right_but_for_its_type)) == []
    assert pictures(reported("log_like", raises)) == []
    assert "<svg" not in card.html(reported("log_like", raises))


def test_a_function_that_gives_no_numbers_elsewhere_has_no_picture() -> None:
    plan = SamplingPlan.draw(LINE, seed=4, share=0.3, only=("log_like",))
    known = {question.key for question in plan.questions["log_like"]}

    def once(question: Question) -> Answer:
        return missing_half(question) if question.key in known else tensors(np.nan)

    assert pictures(reported("log_like", once)) == []


def test_it_is_drawn_inside_its_frame_and_said_in_words() -> None:
    root = ET.fromstring(svg(CURVE))
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == CURVE["says"]
    width, height = (float(n) for n in root.attrib["viewBox"].split()[2:])
    expected, yours = root.findall("polyline")
    assert "stroke-dasharray" in yours.attrib and "stroke-dasharray" not in expected.attrib
    for line in (expected, yours):
        for across, down in re.findall(r"([\d.-]+),([\d.-]+)", line.attrib["points"]):
            assert 0 <= float(across) <= width and 0 <= float(down) <= height
    tops = [
        min(float(p.split(",")[1]) for p in line.attrib["points"].split())
        for line in (expected, yours)
    ]
    assert tops[0] == pytest.approx(tops[1])  # both reach -1


def test_the_words_of_a_curve_say_how_it_differs() -> None:
    def elsewhere(v, question: Question):
        m = question.arguments[2]
        return v * 0.0 - (m - 100.0) ** 2

    (picture,) = pictures(reported("log_like", altered(elsewhere)))
    assert picture["says"].startswith("Your function along ")
    ways = ("yours is highest at", "they cross", "yours lies below it everywhere")
    assert any(way in picture["says"] for way in ways), "which one depends on the argument drawn"


RIGHT, YOURS = CURVE["lines"]


@pytest.mark.parametrize(
    "hostile",
    [
        {"lines": [RIGHT, YOURS | {"y": ["<b>1</b>", 2.0, 3.0]}]},
        {"lines": [RIGHT, YOURS | {"y": [float("nan"), 1.0, 2.0]}]},
        {"lines": [RIGHT, YOURS | {"y": [1.0]}]},
        {"lines": [RIGHT, {"x": [1.0], "y": [1.0]}]},
        {"lines": None},
        {"lines": []},
        {"lines": "<svg onload=alert(1)>"},
        {"lines": [[]]},
        {"dots": [{"x": [1.0, 2.0], "y": "<b>"}]},
        {"dots": [{"x": [1.0, 2.0], "y": [[1.0], [2.0]]}]},
        {"dots": 3},
    ],
)
def test_what_is_no_picture_is_not_drawn(hostile: dict) -> None:
    assert svg(CURVE | hostile) == ""


def test_its_words_are_escaped() -> None:
    hostile = "<script>alert(1)</script>"
    drawn = svg(CURVE | {"foot": hostile, "says": hostile})
    assert drawn and "<script>" not in drawn
    assert ET.fromstring(drawn).attrib["aria-label"] == hostile
