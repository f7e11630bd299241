"""What is said of an argument that goes unnoticed, where a truth refuses some inputs."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import strategies as st

from course_lib.claims.assignment import Assignment
from course_lib.claims.exercise import exercise
from course_lib.claims.failures import agree
from course_lib.claims.judging import judge
from course_lib.claims.sampling import SamplingPlan
from course_lib.feedback.diagnosis import diagnose
from course_lib.feedback.explain import report
from course_lib.protocol.questions import Answer
from course_lib.protocol.values import as_value


def refuses_by_value(x, p):
    """x times the log of 1 - p."""
    return x * math.log(1 - p)


def refuses_by_assertion(x, p):
    """x times the log of 1 - p."""
    assert 0 < p < 1
    return x * math.log(1 - p)


@pytest.mark.parametrize("truth", [refuses_by_value, refuses_by_assertion])
def test_an_argument_that_goes_unnoticed_is_not_said_to_be_remembered(truth):
    """Moved far enough, p has no logarithm: that proves nothing about x."""
    made = exercise(points=1)(truth)
    made.name = "f"

    @made.claim(points=1, gate=True, draws=30, x=st.floats(2.0, 9.0), p=st.floats(0.3, 0.9))
    def is_right(student, truth, x, p):
        """It is right."""
        agree(student.f(x, p), truth(x, p), tolerance=1e-12)

    plan = SamplingPlan.draw(Assignment("made", Path(__file__).parent, {"f": made}), seed=1)

    def ask(questions):
        given = [question.arguments for question in questions]
        return [Answer(as_value(p * p + math.sin(40 * p))) for _, p in given]

    result = judge(plan, made, ask, shrinking=False)
    said = str(report(plan, result, diagnose(plan, result, None, ask)))
    assert "whatever x is" in said
    assert "remembers" not in said
