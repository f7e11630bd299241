"""An answer that is right for other inputs is recognised by them, and no other is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from course_lib.claims.sampling import SamplingPlan
from course_lib.feedback.counterfactuals import counterfactual, of_numbers
from course_lib.feedback.evidence import Evidence
from tests.answers import LINE, altered, judged, log_like

PLAN = SamplingPlan.draw(LINE, seed=9, only=("log_like",))


def said(function: Callable[..., float]) -> str:
    result = judged(PLAN, altered(lambda v, q: [function(*q.arguments)]), shrinking=False)
    return counterfactual(Evidence(PLAN, result))


PLAIN: dict[str, Callable[..., float]] = {
    "b were 0": lambda x, y, m, b, s: log_like(x, y, m, 0.0, s),
    "m were what b is": lambda x, y, m, b, s: log_like(x, y, b, b, s),
    "b and m were exchanged": lambda x, y, m, b, s: log_like(x, y, b, m, s),
    "b had the other sign": lambda x, y, m, b, s: log_like(x, y, m, -b, s),
    "m were never negative": lambda x, y, m, b, s: log_like(x, y, abs(m), b, s),
    "s were 1": lambda x, y, m, b, s: log_like(x, y, m, b, 1.0),
    "s were its own root": lambda x, y, m, b, s: log_like(x, y, m, b, np.sqrt(s)),
    "s were half as large": lambda x, y, m, b, s: log_like(x, y, m, b, 0.5 * s),
}


@pytest.mark.parametrize("words", PLAIN)
def test_a_plain_change_is_recognised(words):
    assert said(PLAIN[words]) == f"On every input it answers as if {words}."


def test_two_changes_at_once_are_not_taken_for_one():
    assert said(lambda x, y, m, b, s: log_like(x, y, b, 0.0, s) + s) == ""


def test_a_right_answer_is_explained_by_no_change():
    assert said(log_like) == ""


def test_changes_of_numbers_have_words_of_their_own():
    words = [words for words, _ in of_numbers("mbs")]
    assert len(words) == len(set(words))
