"""A name is a folder's, and anything can be in it: everybody is graded, and no name acts."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from runs import finish, scores, stored, tiny_course_in

from course_lib.grading.course import Course
from course_lib.grading.submission.misplaced_submissions import misplaced_submissions
from course_lib.grading.submission.student_ids import LONGEST, student_id
from tests.course_folder import TINY, TINY_NOTEBOOK, TINY_POINTS, put_hand_ins

HOSTILE = [
    "=cmd|' C calc'!A0", "+1+1", "-rf", "@SUM(A1)", "|calc", "*", "[az]da", "{student_id}", "%s%n",
    "a\\b", "x\x1b[31mred", "two\nlines", "\u202eada", "\udcff", "x" * 250, "$(touch x)",
    "<b>bold<", "a;b", " ", "~", "ada ", "ad\u200ba", "s1234567#2", "why?", "100%", "a:b",
]  # fmt: skip
THEIR_OWN = [
    "ada", "Lovelace, Ada (1)", "José O'Neil", "jo@example.org", "数学", "ada.json", "audit",
    "_jdoe", "Ana & Bob", "Siân–Marie", "प्रिया शर्मा", "กิตติ", "فاطِمة", "Þóra Guðmundsdóttir",
    "'t Hooft", "ʻOkina", "O’Brien", "Nguyễn Thị Ánh", "சுப்பிரமணியன்", "_", "ก" * 50,
]  # fmt: skip
DECOMPOSED = [unicodedata.normalize("NFD", name) for name in ("Müller, Jürgen", "Zoë", "Øystein Å")]
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def with_names(folder: Path, names: list[str]) -> Path:
    """A course in which each of `names` handed in the sheet as it was released, and ada hers."""
    tiny_course_in(folder, ("ada",))
    released = (folder / "release" / TINY_NOTEBOOK).read_bytes()
    return put_hand_ins(folder, TINY_NOTEBOOK, {n: released for n in names if n != "ada"})


@pytest.mark.parametrize("name", THEIR_OWN)
def test_a_name_that_people_have_is_its_own_id(name: str) -> None:
    assert student_id(unicodedata.normalize("NFC", name)) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize("name", DECOMPOSED)
def test_letters_are_composed(name: str) -> None:
    assert student_id(name) == unicodedata.normalize("NFC", name) != name


@pytest.mark.parametrize("name", HOSTILE)
def test_what_could_act_in_a_name_is_not_in_its_id(name: str) -> None:
    found = student_id(name)
    assert found != name and student_id(found) == found
    assert re.fullmatch(r"[\w][\w .,@+'&()-]*-[0-9a-f]{6}", found)
    assert len(found.encode()) <= LONGEST


def test_no_two_people_share_an_id() -> None:
    names = [
        *HOSTILE,
        *THEIR_OWN,
        *DECOMPOSED,
        "s1234567?2",
        "s1234567_2",
        "x" * 251,
        "A" + "ก" * 80,
    ]
    assert len({student_id(name) for name in names}) == len(names)


def test_nobody_is_passed_over_for_a_name(tmp_path: Path) -> None:
    names = HOSTILE + THEIR_OWN + DECOMPOSED
    folder = with_names(tmp_path / "course", names)
    course = Course(folder, TINY)
    assert course.students() == sorted(map(student_id, names))
    assert course.ambiguous() == {} and misplaced_submissions(folder, TINY) == []
    for name in ("s1234567#2", DECOMPOSED[0], "ada"):
        submission = course.submission(student_id(name))
        assert (submission.readable, submission.name) == (True, name)


@pytest.mark.slow
def test_all_are_graded_and_the_terminal_is_left_alone(tmp_path: Path) -> None:
    names = HOSTILE + THEIR_OWN + DECOMPOSED
    folder = with_names(tmp_path / "course", names)
    done = finish(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "s1234567#2 " in done.stdout and DECOMPOSED[0] in done.stdout
    assert ACTING.findall(done.stdout + done.stderr) == []
    ids = [student_id(name) for name in names]
    assert set(stored(folder)) == set(ids)
    assert scores(folder) == dict.fromkeys(ids, 0.0) | {"ada": TINY_POINTS}
