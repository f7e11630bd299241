"""What nbgrader's exchange needs of a hand-in reaches feedback, whatever else was handed in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import notebook_hash

from course_lib.authoring.release import settings
from course_lib.grading.nbgrader.exchange import SECRET, STAMP, ReleaseFeedback
from course_lib.grading.nbgrader.writer import Writer
from tests.gradebook.conftest import WORKSHEET, CourseFolder

TIME = "2026-02-03 04:05:06.000000 UTC"
WORD = "5ec2e7" * 20


def handed_in(course: CourseFolder, student: str, secret: str | None, stamp: str | None) -> Path:
    """A graded hand-in with its feedback page; the folder of the page."""
    submission = course.hand_in(student, course.notebook())
    folder = course.root / "submitted" / student / WORKSHEET
    for name, text in ((SECRET, secret), (STAMP, stamp)):
        if text is not None:
            (folder / name).write_text(text)
    writer = Writer(course.root)
    writer.write(course.verdict(submission, {}))
    return writer.feedback(WORKSHEET, student).parent


def release(course: CourseFolder, exchange: Path) -> set[str]:
    """Run `nbgrader release_feedback`'s own class; the names of the pages in the exchange."""
    exchange.mkdir(exist_ok=True)
    exchange.chmod(0o777)
    config = settings(course.root)
    config.Exchange.root = str(exchange)
    coursedir = CourseDirectory(config=config)
    coursedir.assignment_id = WORKSHEET
    ReleaseFeedback(coursedir=coursedir, config=config).start()
    assert coursedir.student_id_exclude == ""
    return {page.stem for page in (exchange / "inference" / "feedback").iterdir()}


def test_time_and_secret_are_carried_on_to_feedback(course: CourseFolder) -> None:
    page = handed_in(course, "ada", WORD, TIME)
    for folder in (page, course.root / "autograded" / "ada" / WORKSHEET):
        assert (folder / SECRET).read_text() == WORD
        assert (folder / STAMP).read_text() == TIME


@pytest.mark.parametrize("secret", ["", "two words", "a\n", "x" * 10_000, "\x00", "schlüssel"])
def test_what_cannot_be_a_secret_is_not_carried(course: CourseFolder, secret: str) -> None:
    assert not (handed_in(course, "ada", secret, TIME) / SECRET).exists()


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_a_secret_that_is_not_a_file_is_not_opened(course: CourseFolder, kind: str) -> None:
    folder = course.root / "submitted" / "ada" / WORKSHEET
    folder.mkdir(parents=True)
    if kind == "link":
        (course.root / "other").write_text(WORD)
        (folder / SECRET).symlink_to(course.root / "other")
    elif kind == "pipe":
        os.mkfifo(folder / SECRET)
    else:
        (folder / SECRET).mkdir()
    assert not (handed_in(course, "ada", None, TIME) / SECRET).exists()


def test_a_hand_in_that_came_another_way_stops_nobody_elses_feedback(
    course: CourseFolder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ways = [("aaron", None, None), ("ada", WORD, TIME), ("ben", None, TIME), ("zoe", "2", TIME)]
    for student, secret, stamp in ways:
        handed_in(course, student, secret, stamp)
    expected = {notebook_hash(secret=word, notebook_id="worksheet") for word in (WORD, "2")}
    assert release(course, tmp_path / "exchange") == expected
    said = [r.getMessage() for r in caplog.records if "was not released" in r.getMessage()]
    assert [line.split()[3] for line in said] == ["aaron", "ben"]
