"""A name is a folder's, and anything can be in it: nobody's keeps the others from their grades."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from canaries import ASSIGNMENT
from runs import course_in, finish, scores, stored

from course_lib.grading.course import Course
from course_lib.grading.names import is_usable
from course_lib.grading.strays import strays

HOSTILE = [
    "=cmd|' C calc'!A0", "+1+1", "-rf", "@SUM(A1)", "|calc", "*", "[az]da", "{student_id}", "%s%n",
    "a\\b", "x\x1b[31mred", "two\nlines", "\u202eada", "\udcff", "x" * 250, "$(touch x)",
    "<b>bold<", "a;b", "_", " ", "~",
]  # fmt: skip
USABLE = ["ada", "Lovelace, Ada (1)", "José O'Neil", "jo@example.org", "数学", "ada.json", "audit"]
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def with_names(folder: Path, names: list[str]) -> Path:
    """A course in which each of `names` handed in the sheet as it was released, and ada hers."""
    course_in(folder, ("ada",))
    released = (folder / "release" / ASSIGNMENT / "worksheet.ipynb").read_bytes()
    for name in names:
        place = folder / "submitted" / name / ASSIGNMENT
        place.mkdir(parents=True, exist_ok=True)
        if name != "ada":
            (place / "worksheet.ipynb").write_bytes(released)
    return folder


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_could_act_is_refused(name: str) -> None:
    assert not is_usable(name)


@pytest.mark.parametrize("name", USABLE)
def test_a_name_that_people_have_is_not(name: str) -> None:
    assert is_usable(name)


def test_who_is_refused_is_passed_over_by_name(tmp_path: Path) -> None:
    folder = with_names(tmp_path / "course", HOSTILE + USABLE)
    assert Course(folder, ASSIGNMENT).students() == sorted(USABLE)
    assert set(strays(folder, ASSIGNMENT)) == {f"submitted/{name}" for name in HOSTILE}


@pytest.mark.slow
def test_the_others_are_graded_and_the_terminal_is_left_alone(tmp_path: Path) -> None:
    folder = with_names(tmp_path / "course", HOSTILE + USABLE)
    done = finish(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed over: submitted/, submitted/$(touch x)" in done.stdout
    assert f"and {len(HOSTILE) - 5} more" in done.stdout
    assert ACTING.findall(done.stdout + done.stderr) == []
    assert set(stored(folder)) == set(USABLE)
    assert scores(folder) == dict.fromkeys(USABLE, 0.0) | {"ada": 18.0}
