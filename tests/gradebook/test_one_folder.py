"""One folder never stops a class: it is named, the others are graded, the exit code is 1."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib.grading.course import Course
from course_lib.grading.submission.misplaced_submissions import misplaced_submissions
from course_lib.grading.submission.unreadable import unreadable
from course_lib.report.hand_ins import no_longer, passed_over
from tests.gradebook.test_upkeep import NOTEBOOK, A, Class, first  # noqa: F401

NOBODY = 65534


@pytest.fixture
def course(first: Path) -> Iterator[Class]:  # noqa: F811
    """A course in which ada is graded, that an ordinary user may read."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    made = Class(Path(shutil.copytree(first, folder / "course")))
    yield made
    subprocess.run(["chmod", "-R", "u+rwX", folder], check=True)
    subprocess.run(["rm", "-rf", folder], check=True)  # shutil's own goes as deep as folders do


@pytest.fixture
def ordinary() -> Iterator[None]:
    """Run the test with an ordinary user's rights; root may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def also(course: Class, student: str) -> Path:
    """Another hand-in, the same as ada's."""
    folder = course.root / "submitted" / student / A
    shutil.copytree(course.folder, folder)
    return folder


@pytest.fixture
def closed(course: Class) -> Class:
    """Three hand-ins that only their owner may read, each in another way."""
    also(course, "bo").parent.chmod(0o000)
    also(course, "cy").chmod(0o000)
    (also(course, "di") / f"{NOTEBOOK}.ipynb").chmod(0o000)
    also(course, "ed").chmod(0o444)  # may be listed, and not entered
    return course


def test_what_cannot_be_read_is_named_and_nobody_gets_zero_for_it(closed: Class, ordinary: None):
    found = Course(closed.root, A)
    assert found.students() == ["ada"]
    named = {
        "bo": "submitted/bo: Permission denied",
        "cy": f"submitted/cy/{A}: Permission denied",
        "di": f"submitted/di/{A}/{NOTEBOOK}.ipynb: Permission denied",
        "ed": f"submitted/ed/{A}: Permission denied",
    }
    assert unreadable(closed.root, A) == named
    said = "".join(passed_over(found))
    for path in named.values():
        assert f"Not graded: {path}. Next: let yourself read it" in said
    assert misplaced_submissions(closed.root, A) == []


def test_who_was_graded_and_cannot_be_read_now_is_not_gone(course: Class):
    course.folder.parent.chmod(0o000)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
    try:
        assert no_longer(Course(course.root, A)) == []
    finally:
        os.seteuid(os.getuid())


def test_a_thousand_folders_in_one_another_are_nobodys_concern(course: Class):
    """nbgrader walked through all of them, one call inside the other, to copy none."""
    here = os.open(course.folder, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    course.hand_in("Because of the depth.")
    said = course.grade()
    assert "Not written down" not in said
    assert "of the depth" in json.dumps(json.loads(course.autograded.read_text()))


def test_a_file_in_place_of_the_assignments_folder_is_named(course: Class):
    place = course.root / "submitted" / "bo" / A
    place.parent.mkdir()
    place.write_bytes((course.folder / f"{NOTEBOOK}.ipynb").read_bytes())
    assert f"Passed over: submitted/bo/{A}." in course.grade(code=1)
