"""An argument that is kept within limits is told by the truth for the limit, and only so."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from course_lib.claims.sampling import SamplingPlan
from course_lib.feedback.clipped import clipped
from course_lib.feedback.evidence import Evidence
from tests.answers import LINE, altered, judged, log_like

PLAN = SamplingPlan.draw(LINE, seed=9, only=("log_like",))


def said(function: Callable[..., float]) -> str:
    result = judged(PLAN, altered(lambda v, q: [function(*q.arguments)]), shrinking=False)
    return clipped(Evidence(PLAN, result))


LIMITED: dict[str, Callable[..., float]] = {
    "s were never below 0.5": lambda x, y, m, b, s: log_like(x, y, m, b, max(s, 0.5)),
    "s were never above 2": lambda x, y, m, b, s: log_like(x, y, m, b, min(s, 2.0)),
    "b were never below -1": lambda x, y, m, b, s: log_like(x, y, m, max(b, -1.0), s),
    "m were kept between -0.2 and 0.2": lambda x, y, m, b, s: log_like(
        x, y, np.clip(m, -0.2, 0.2), b, s
    ),
    "x were never above 0": lambda x, y, m, b, s: log_like(np.minimum(x, 0.0), y, m, b, s),
    "m were always 3": lambda x, y, m, b, s: log_like(x, y, 3.0, b, s),
    "s were larger by 0.1": lambda x, y, m, b, s: log_like(x, y, m, b, s + 0.1),
}


@pytest.mark.parametrize("words", LIMITED)
def test_a_limit_is_told(words):
    assert said(LIMITED[words]) == f"On every input it answers as if {words}."


@pytest.mark.parametrize(
    "function",
    [
        log_like,
        lambda x, y, m, b, s: log_like(x, y, m, b, max(s, 0.5)) + 1e-3 * (s < 0.5),
        lambda x, y, m, b, s: log_like(x, y, m, b, s) * (1.0 if s >= 0.5 else 1.01),
        lambda x, y, m, b, s: log_like(x, y, max(m, 0.1), max(b, 0.1), s),
    ],
    ids=["right", "and an offset", "another mistake beyond", "two limits"],
)
def test_what_no_limit_explains_is_not_told(function):
    assert said(function) == ""
