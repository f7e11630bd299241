"""A strategy with few inputs has all of them tried."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import strategies as st

from course_lib.claims.assignment import Assignment
from course_lib.claims.exercise import exercise
from course_lib.claims.failures import agree
from course_lib.claims.sampling import SamplingPlan


@pytest.mark.parametrize(
    ("strategy", "all_of_it"),
    [(st.booleans(), {False, True}), (st.sampled_from((3, 5, 8)), {3, 5, 8}), (st.just(1), {1})],
)
def test_every_input_of_a_small_strategy_is_tried(strategy, all_of_it):
    """The simplest one is left out only where there are others enough."""

    @exercise(points=1)
    def same(value):
        """What it is given."""
        return value

    @same.claim(points=1, value=strategy)
    def is_right(student, truth, value):
        """It is right."""
        agree(student.same(value), truth(value))

    assignment = Assignment("made", Path(__file__).parent, {"same": same})
    for seed in (1, 2):
        plan = SamplingPlan.draw(assignment, seed=seed)
        assert {inputs["value"] for inputs in plan.inputs["same", "is_right"]} == all_of_it
