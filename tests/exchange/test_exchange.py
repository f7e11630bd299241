"""nbgrader's whole exchange, from release to feedback, by its own commands, for two students."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exchange.accounts import ASSIGNMENT, WRITTEN, People, course_with_people

RIGHT = "def mean(values):\n    return float(np.sum(values) / len(values))\n"
WRONG = "def mean(values):\n    return float(np.sum(values))\n"
BY_HAND = f"""
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db", "tiny") as book:
    for student, points in (("ada", 2.0), ("ben", 0.5)):
        where = ({WRITTEN!r}, "mean", {ASSIGNMENT!r}, student)
        grade = book.find_grade(*where)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.find_comment(*where).manual_comment = f"Read, {{student}}."
    book.db.commit()
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def people() -> Iterator[People]:
    with course_with_people() as people:
        yield people


def pages(people: People, name: str) -> list[Path]:
    return sorted((people.home(name) / ASSIGNMENT / "feedback").rglob("*.html"))


def from_release_to_feedback_for_two_students(people: People) -> None:
    run = people.run
    run("grader", "course", "build", ASSIGNMENT)
    run("grader", "nbgrader", "generate_assignment", ASSIGNMENT)
    run("grader", "nbgrader", "release_assignment", ASSIGNMENT)
    for name, source in (("ada", RIGHT), ("ben", WRONG)):
        assert "01_mean" in run(name, "nbgrader", "list")
        run(name, "nbgrader", "fetch_assignment", ASSIGNMENT)
        people.answer(name, source, f"Because, says {name}.")
        run(name, "nbgrader", "submit", ASSIGNMENT)
        assert "no feedback available" in run(name, "nbgrader", "list", "--cached")
    said = run("grader", "nbgrader", "collect", ASSIGNMENT)
    assert "Processing 2 submissions" in said
    if people.accounts:
        assert "cheating" not in said

    run("grader", "course", "grade", ASSIGNMENT, "--jobs", "1")
    run("grader", "python", "-c", BY_HAND)
    run("grader", "course", "grade", ASSIGNMENT, "--jobs", "1")
    run("grader", "nbgrader", "generate_feedback", ASSIGNMENT, "--force")
    run("grader", "nbgrader", "release_feedback", ASSIGNMENT)

    for name, total in (("ada", "4 of 4 points"), ("ben", "0.5 of 4 points")):
        assert "feedback ready to be fetched" in run(name, "nbgrader", "list", "--cached")
        run(name, "nbgrader", "fetch_feedback", ASSIGNMENT)
        (page,) = pages(people, name)
        text = page.read_text("utf-8")
        assert total in text and f"Read, {name}." in text and f"says {name}" in text
        assert not any(f"says {other}" in text for other in {"ada", "ben"} - {name})
        assert "feedback already fetched" in run(name, "nbgrader", "list", "--cached")


def a_second_hand_in_gets_feedback_of_its_own(people: People) -> None:
    """The same answers once more: the grade stays, and the way back is a new one."""
    people.run("ada", "nbgrader", "submit", ASSIGNMENT)
    people.run("grader", "nbgrader", "collect", ASSIGNMENT, "--update")
    people.run("grader", "course", "grade", ASSIGNMENT, "--jobs", "1")
    people.run("grader", "nbgrader", "release_feedback", ASSIGNMENT)
    people.run("ada", "nbgrader", "fetch_feedback", ASSIGNMENT)
    assert len(pages(people, "ada")) == 2


def a_hand_in_by_mail_stops_nobody_elses_feedback(people: People) -> None:
    mailed = people.course / "submitted" / "aaron" / ASSIGNMENT
    mailed.mkdir(parents=True)
    given = people.course / "submitted" / "ada" / ASSIGNMENT / "mean.ipynb"
    (mailed / given.name).write_bytes(given.read_bytes())
    people.own(mailed.parent, "grader")
    people.run("grader", "course", "grade", ASSIGNMENT, "--jobs", "1")
    for page in (people.exchange / "tiny" / "feedback").iterdir():
        page.unlink()
    said = people.run("grader", "nbgrader", "release_feedback", ASSIGNMENT)
    assert "The feedback of aaron was not released" in said
    assert len(list((people.exchange / "tiny" / "feedback").iterdir())) == 2


def test_the_exchange_from_release_to_a_second_feedback(people: People) -> None:
    """One test: each part begins with what the one before has left, in one worker."""
    from_release_to_feedback_for_two_students(people)
    a_second_hand_in_gets_feedback_of_its_own(people)
    a_hand_in_by_mail_stops_nobody_elses_feedback(people)
