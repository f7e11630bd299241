"""Of several notebooks the one that was worked on is graded, and the others are named."""

from __future__ import annotations

import pytest

from course_lib.grading.submission.candidates import MOST
from course_lib.grading.submission.collect import collect

ANSWER = "def tf_log_like(x, y, m, b, s):\n    return 1.0\n"
HERE = "worksheet.ipynb"


def answered(course, **answers):
    """The notebook with these answers in it."""
    nb = course.notebook()
    for name, source in answers.items():
        course.cell(nb, name)["source"] = source
    return nb


def said(submission, *words):
    """Whether student and instructor are both told each of these."""
    told = (" ".join(submission.notices), " ".join(submission.remarks))
    return all(word in each for word in words for each in told)


@pytest.mark.parametrize(
    "name",
    [
        "worksheet-Copy1.ipynb",
        "worksheet (1).ipynb",
        "worksheet.ipynb~",
        "worksheet.ipynb.txt",
        "worksheet.json",
        "Kopie von worksheet.IPYNB",
        ".ipynb_checkpoints/worksheet-checkpoint.ipynb",
    ],
)
@pytest.mark.parametrize("beside", ["untouched", "cut off", "nothing"])
def test_the_one_that_was_worked_on_is_graded(course, name, beside):
    if beside != "nothing":
        course.hand_in("ada", course.notebook() if beside == "untouched" else b'{"cells": [{"ce')
    (course.root / "submitted/ada/00_worksheet/.ipynb_checkpoints").mkdir(
        parents=True, exist_ok=True
    )
    submission = course.hand_in("ada", answered(course, tf_log_like=ANSWER), name)
    assert submission.cell("tf_log_like").source == ANSWER
    assert said(submission, name)
    if beside != "nothing":
        assert said(submission, f"{name} (1 answer)", f"{HERE} (0 answers)")


def test_most_answers_count_and_among_as_many_the_name_it_should_have(course):
    one = {"tf_log_like": ANSWER}
    course.hand_in("ada", answered(course, **one))
    same = course.hand_in("ada", answered(course, tf_log_like="def other(): ..."), "a.ipynb")
    assert same.cell("tf_log_like").source == ANSWER
    assert said(same, f"{HERE} (1 answer) was graded", "a.ipynb (1 answer)")
    more = answered(course, log_prior="def log_prior(*_): ...", **one)
    submission = course.hand_in("ada", more, "b.ipynb")
    assert submission.cell("log_prior").changed and said(submission, "b.ipynb (2 answers)")


def test_the_last_of_two_copies_counts(course):
    for number in (2, 10):
        nb = answered(course, tf_log_like=f"number = {number}")
        course.hand_in("ada", nb, f"worksheet ({number}).ipynb")
    submission = collect(course.root, course.skeleton, "ada")
    assert submission.cell("tf_log_like").source == "number = 10"


def test_what_a_program_kept_counts_only_where_nothing_else_has_answers(course):
    kept = answered(course, tf_log_like=ANSWER, log_prior="def log_prior(*_): ...")
    course.hand_in("ada", kept, "worksheet.ipynb~")
    submission = course.hand_in("ada", answered(course, tf_log_like="mine = 1"))
    assert submission.cell("tf_log_like").source == "mine = 1"
    assert not submission.cell("log_prior").changed


def test_an_answer_in_a_cell_of_their_own_is_one(course):
    nb = course.notebook()
    nb["cells"].append({"cell_type": "code", "metadata": {}, "outputs": [], "source": ANSWER})
    course.hand_in("ada", course.notebook())
    assert said(course.hand_in("ada", nb, "worksheet-Copy1.ipynb"), "worksheet-Copy1.ipynb (1")


def test_a_macs_and_jupyters_own_files_are_passed_over_without_a_word(course):
    folder = course.root / "submitted" / "ada" / "00_worksheet"
    (folder / ".ipynb_checkpoints").mkdir(parents=True)
    course.hand_in("ada", b"\0\5\x16\7AppleDouble", "._worksheet.ipynb")
    course.hand_in("ada", course.notebook(), ".ipynb_checkpoints/worksheet-checkpoint.ipynb")
    for name in (".DS_Store", "timestamp.txt", "submission_secret.txt", "Thumbs.db"):
        (folder / name).touch()
    submission = course.hand_in("ada", course.notebook())
    assert submission.notices == submission.remarks == ()


def test_files_beside_the_notebook_that_are_not_used_are_named(course):
    (course.root / "release" / "00_worksheet" / "data.csv").write_text("1\n")
    (course.root / "release" / "00_worksheet" / "more.csv").write_text("1\n")
    course.hand_in("ada", course.notebook())
    folder = course.root / "submitted" / "ada" / "00_worksheet"
    (folder / "data.csv").write_text("1\n")
    (folder / "more.csv").write_text("2\n")
    (folder / "results").mkdir()
    (folder / "x\x1b[31m.py").touch()
    submission = collect(course.root, course.skeleton, "ada")
    assert said(submission, "not used: more.csv, results/, x.py")
    assert "data.csv" not in " ".join(submission.remarks)


def test_a_module_beside_the_notebook_is_handed_in_too(course):
    before = course.hand_in("ada", course.notebook())
    (course.root / "submitted" / "ada" / "00_worksheet" / "helper.py").write_text("half = 0.5")
    submission = collect(course.root, course.skeleton, "ada")
    assert submission.modules == {"helper.py": "half = 0.5"}
    assert submission.remarks == ()
    assert submission.content_hash != before.content_hash


def test_what_is_there_in_place_of_a_notebook_is_named(course):
    folder = course.root / "submitted" / "ada" / "00_worksheet"
    folder.mkdir(parents=True)
    (folder / "worksheet.pdf").touch()
    submission = collect(course.root, course.skeleton, "ada")
    assert not submission.readable and said(submission, "no notebook", "there is worksheet.pdf")


def test_a_thousand_notebooks_cost_what_a_few_do(course):
    course.hand_in("ada", answered(course, tf_log_like=ANSWER), "zzz.ipynb")
    folder = course.root / "submitted" / "ada" / "00_worksheet"
    for number in range(1000):
        (folder / f"{number}.ipynb").write_text("{")
    course.hand_in("ada", course.notebook())
    submission = collect(course.root, course.skeleton, "ada")
    assert submission.readable and len(submission.remarks[0]) < 100 * MOST
