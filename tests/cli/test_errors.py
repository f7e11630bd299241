"""What cannot be done is said in a line or two: what, where, and the next step. Exit code 2."""

import shutil

import pytest

from course_lib.grading.submission.misplaced_submissions import misplaced_submissions
from tests.cli.conftest import RELEASED, ROOT
from tests.course_folder import copy_assignment


@pytest.fixture
def folder(tmp_path):
    """A course with a released worksheet and nobody who handed in."""
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shutil.copytree(RELEASED.parent, tmp_path / "release" / "00_worksheet")
    copy_assignment(tmp_path)
    return tmp_path


def said(done, code=2):
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return " ".join(done.stderr.split())


def test_outside_a_course(course):
    words = said(course("grade", "00_worksheet"))
    assert "nbgrader_config.py" in words and "--course DIR" in words


def test_a_folder_that_is_no_course(course, tmp_path):
    assert "is not a course" in said(course("grade", "00_worksheet", "--course", tmp_path))


def test_an_assignment_that_is_not_there(course, folder):
    assert "09_nothing" in said(course("grade", "09_nothing"))


def test_a_shells_slash_is_no_part_of_a_name(course, folder):
    assert "nobody has handed in 00_worksheet" in said(course("grade", "00_worksheet/"))


def test_nobody_handed_in(course, folder):
    assert "submitted/NAME/00_worksheet/worksheet.ipynb" in said(course("grade", "00_worksheet"))


def test_hand_ins_in_the_wrong_place_are_named(course, folder):
    submitted = folder / "submitted"
    for path in (
        "loose.ipynb",
        "ada/worksheet.ipynb",
        "bo/worksheet/worksheet.ipynb",
        "cy/00_worksheet.zip",
    ):
        (submitted / path).parent.mkdir(parents=True, exist_ok=True)
        (submitted / path).write_text("{}")
    words = said(course("grade", "00_worksheet"))
    assert "Passed over: submitted/ada/worksheet.ipynb, submitted/bo/worksheet, " in words
    assert "submitted/cy/00_worksheet.zip, submitted/loose.ipynb." in words


def test_other_assignments_are_in_no_wrong_place(folder):
    for name in ("00_worksheet", "01_next"):
        (folder / "release" / name).mkdir(exist_ok=True)
        (folder / "submitted" / "ada" / name).mkdir(parents=True)
        (folder / "submitted" / "ada" / name / "next.ipynb").write_text("{}")
    deep = folder / "submitted" / "bo" / "00_worksheet" / "worksheet" / "worksheet.ipynb"
    deep.parent.mkdir(parents=True)
    deep.write_text("{}")
    assert misplaced_submissions(folder, "00_worksheet") == [str(deep.relative_to(folder))]
    shutil.rmtree(folder / "submitted" / "bo")
    (folder / "submitted" / "README.txt").write_text("how hand-ins come here")
    assert misplaced_submissions(folder, "00_worksheet") == []


def test_a_student_who_handed_in_nothing(course, folder):
    (folder / "submitted" / "dora" / "00_worksheet").mkdir(parents=True)
    words = said(course("grade", "00_worksheet", "--student", "dorra"))
    assert "dorra has handed in nothing" in words and "Did you mean dora?" in words


def test_a_release_that_is_no_notebook(course, folder):
    (folder / "release" / "00_worksheet" / "worksheet.ipynb").write_text("{}")
    words = said(course("grade", "00_worksheet"))
    assert "worksheet.ipynb" in words and "course release 00_worksheet" in words


@pytest.mark.slow
def test_a_demo_within_a_demo(course, folder):
    (folder / ".made-by-course-demo").touch()
    assert "is itself a demo" in said(course("demo"))


@pytest.mark.slow
def test_an_assignment_without_a_source(course, folder):
    for command in ("build", "release"):
        assert "09_nothing" in said(course(command, "09_nothing"))


@pytest.mark.slow
def test_a_notebook_that_is_out_of_date(course, folder):
    source = folder / "source" / "00_worksheet"
    shutil.copytree(ROOT / "source" / "00_worksheet", source)
    assert course("build", "--check").returncode == 0
    with (source / "worksheet.nb.py").open("a") as twin:
        twin.write("\n# %%\n1 + 1\n")
    assert "course build" in said(course("build", "--check"), code=1)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, "there is no file"),
        ("not JSON", "cannot be checked. Your notebook cannot be read: it is not JSON"),
        ("{}", "is not a Jupyter notebook"),
        ('{"cells": [1]}', "no exercise that can be checked"),
        ('{"cells": []}', "no exercise that can be checked"),
    ],
)
def test_a_notebook_that_cannot_be_checked(course, tmp_path, content, expected):
    if content is not None:
        (tmp_path / "mine.ipynb").write_text(content)
    words = said(course("check", "mine.ipynb"))
    assert expected in words and "mine.ipynb" in words


@pytest.mark.parametrize("command", ["check", "watch"])
def test_a_missing_notebook_is_to_be_named_to_the_same_command(course, command):
    assert f"Next: `course {command}` and the notebook's name" in said(course(command, "no.ipynb"))


@pytest.mark.slow
def test_a_demo_removes_nothing_that_it_did_not_make(course, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter1.tex").write_text("precious")
    words = said(course("demo", "thesis", "--course", ROOT))
    assert "no demo made it" in words
    assert (tmp_path / "thesis" / "chapter1.tex").read_text() == "precious"
