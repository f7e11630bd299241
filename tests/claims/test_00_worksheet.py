"""Every claim of 00_worksheet holds for the instructor's solutions, or for `--submission`."""

import pytest

from course_lib.checks.worksheet import CHECKS

CLAIMS = [claim for exercise in CHECKS.exercises.values() for claim in exercise.claims]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"{claim.exercise.name}:{claim.name}")
def test_claim(claim, student):
    claim.test(claim.body)(student)
