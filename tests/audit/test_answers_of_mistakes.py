"""Every assignment's file of known mistakes' answers is of its bank, solutions and inputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.claims.sampling import RECORDED
from course_lib.grading.course import Course

ROOT = Path(__file__).parents[2]
ASSIGNMENTS = sorted(
    folder.name for folder in (ROOT / "assignments").iterdir() if (folder / "mistakes").is_dir()
)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_none_is_out_of_date(name: str) -> None:
    """Else a known mistake is not named, and all of them are asked before a class is graded."""
    course = Course(ROOT, name)
    mistakes = course.mistakes()
    assert mistakes is not None
    plan = course.plan(RECORDED)
    assert mistakes.stale(plan) == [], f"Next: course audit {name}, and commit the file"
