"""Every assignment's file of known mistakes' answers is of its bank, solutions and inputs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from course_lib.claims.sampling import RECORDED
from course_lib.feedback.mistake_archive import load
from course_lib.grading.course import Course

ROOT = Path(__file__).parents[2]
TINY = ROOT / "tests" / "courses" / "tiny"
ASSIGNMENTS = sorted(
    folder.parent.relative_to(ROOT)
    for course in (ROOT, TINY)
    for folder in (course / "assignments").glob("*/mistakes")
)


@pytest.mark.parametrize("folder", ASSIGNMENTS, ids=str)
def test_none_is_out_of_date(folder: Path) -> None:
    """Else a known mistake is not named, and all of them are asked before a class is graded."""
    name, course = folder.name, Course(ROOT / folder.parents[1], folder.name)
    mistakes = course.mistakes()
    assert mistakes is not None
    plan = course.plan(RECORDED)
    assert mistakes.stale(plan) == [], f"Next: course audit {name}, and commit the file"


def test_another_sentence_reaches_students_without_new_answers() -> None:
    """No function is asked anew: the answers are those of the same code."""
    course = Course(ROOT, "06_effective_samples")
    mistakes, plan = course.mistakes(), course.plan(RECORDED)
    assert mistakes is not None
    entries = tuple(
        replace(entry, sentence="Otherwise.") if entry.name == "split_r_hat/reshaped" else entry
        for entry in mistakes.entries
    )
    edited = replace(mistakes, entries=entries, _read=None)
    assert edited.stale(plan) == ["split_r_hat"]
    assert edited.prepare(plan), "without a fork server"
    assert edited.stale(plan) == []
    read = load(edited.shipped, plan.assignment)["split_r_hat"].known
    assert {each.slug: each.sentence for each in read.mistakes}["reshaped"] == "Otherwise."
    assert len(read.mistakes) == sum(entry.exercise == "split_r_hat" for entry in entries)
