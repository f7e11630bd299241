"""One writer: verdicts into nbgrader's own gradebook, notebooks and feedback, and nothing lost."""

from __future__ import annotations

import os
import sqlite3
import threading
import warnings
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from course_lib.errors import WriteError
from course_lib.grading.nbgrader import retried
from course_lib.grading.nbgrader.writer import Writer
from course_lib.grading.submission.collect import collect
from course_lib.grading.submission.student_ids import student_id

EARNED = {"tf_log_like": 3.0, "grad_log_like": 1.5, "log_prob": 0.25}
ANSWER = "def tf_log_like(x, y, m, b, s):\n    return 1.0\n"


@pytest.fixture
def gradebook(course):
    def open_it():
        return Gradebook(f"sqlite:///{course.root}/gradebook.db", "inference")

    return open_it


def answered(course, student="ada"):
    nb = course.notebook()
    course.cell(nb, "tf_log_like")["source"] = ANSWER
    course.cell(nb, "meaning_of_log_like")["source"] = "Because of the *density*."
    return course.hand_in(student, nb)


def test_the_gradebook_has_the_verdicts_points_exercise_by_exercise(course, gradebook):
    submission = answered(course)
    written = Writer(course.root).write(course.verdict(submission, EARNED))
    assert (written.automatic, written.score, written.needs_manual_grade) == (4.75, 4.75, True)
    with gradebook() as book:
        notebook = book.find_submission_notebook("worksheet", "00_worksheet", "ada")
        scores = {g.cell.name: (g.auto_score, g.max_score) for g in notebook.grades}
    expected = {f"check_{n}": (EARNED.get(n, 0.0), p) for n, p in course.skeleton.points.items()}
    assert scores == expected | {"meaning_of_log_like": (None, 2.0)}


def test_an_answer_below_its_cell_waits_for_a_person_in_the_gradebook(course):
    nb = course.notebook()
    place = nb["cells"].index(course.cell(nb, "meaning_of_log_like"))
    own = {"cell_type": "markdown", "metadata": {}, "source": "Because of the *density*."}
    nb["cells"].insert(place + 1, own)
    submission = course.hand_in("ada", nb)
    written = Writer(course.root).write(course.verdict(submission, EARNED))
    assert written.needs_manual_grade
    assert submission.cell("meaning_of_log_like").source == "Because of the *density*."


def test_writing_twice_is_writing_once(course, gradebook):
    verdict = course.verdict(answered(course), EARNED)
    writer = Writer(course.root)
    first, before = writer.write(verdict), course.autograded("ada")
    second = Writer(course.root).write(verdict)
    assert (first.score, before) == (second.score, course.autograded("ada"))
    with gradebook() as book:
        assert len(book.find_assignment("00_worksheet").submissions) == 1


def test_what_a_person_graded_and_wrote_stays(course, gradebook):
    submission = answered(course)
    writer = Writer(course.root)
    writer.write(course.verdict(submission, EARNED))
    where = ("worksheet", "00_worksheet", "ada")
    with gradebook() as book:
        book.find_grade("meaning_of_log_like", *where).manual_score = 1.5
        book.find_grade("check_fit_line", *where).extra_credit = 0.5
        book.find_grade("check_log_prior", *where).manual_score = 2.0
        book.find_comment("meaning_of_log_like", *where).manual_comment = "Well said."
        book.db.commit()
    written = writer.write(course.verdict(submission, {"tf_log_like": 1.0}))
    # the new automatic point, the answer and the override by hand, the extra half point
    assert written.score == 1.0 + 1.5 + 2.0 + 0.5
    with gradebook() as book:
        assert book.find_comment("meaning_of_log_like", *where).comment == "Well said."
    page = writer.feedback("00_worksheet", "ada").read_text("utf-8")
    assert "Well said." in page


def test_feedback_shows_the_results_and_never_a_hidden_test(course):
    writer = Writer(course.root)
    writer.write(course.verdict(answered(course), EARNED))
    page = writer.feedback("00_worksheet", "ada").read_text("utf-8")
    assert "1.5 of 3 points" in page
    assert "Two halves of the data add up to the whole." in page
    assert "BEGIN HIDDEN" not in page


def test_what_a_student_wrote_is_text_in_the_feedback(course):
    nb = course.notebook()
    attack = "<script>alert('{}')</script>"
    course.cell(nb, "meaning_of_log_like")["source"] = attack.format("answer")
    course.cell(nb, "tf_log_like")["source"] = "# " + attack.format("code")
    own = {"metadata": {}, "source": attack.format("own")}
    nb["cells"] += [own | {"cell_type": "markdown"}, own | {"cell_type": "raw"}]
    nb["metadata"]["kernelspec"]["name"] = attack.format("kernel")
    submission = course.hand_in("ada", nb)
    verdict = course.verdict(submission, {})
    verdict["checks"][0]["message"] = attack.format("message")
    verdict["checks"][1]["claims"][0]["got"] = attack.format("got")
    writer = Writer(course.root)
    writer.write(verdict)
    page = writer.feedback("00_worksheet", "ada").read_text("utf-8")
    assert "<script>alert(" not in page
    for word in ("answer", "code", "own", "kernel", "message", "got"):
        assert word in page


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"no json", "worksheet.ipynb", "not JSON"),
        (b"", "worksheet.ipynb", "empty file"),
        (None, "", "no notebook"),
        (b"{}", "other.ipynb", "called other.ipynb"),
    ],
)
def test_a_hand_in_without_a_notebook_gets_zeros_and_a_page_that_says_why(
    course, gradebook, data, name, words
):
    folder = course.root / "submitted" / "ada" / "00_worksheet"
    folder.mkdir(parents=True)
    if data is not None:
        (folder / name).write_bytes(data)
    submission = collect(course.root, course.skeleton, "ada")
    writer = Writer(course.root)
    written = writer.write(course.verdict(submission, {}))
    assert (written.score, written.needs_manual_grade) == (0.0, False)
    page = writer.feedback("00_worksheet", "ada").read_text("utf-8")
    assert words in page.replace("&#46;", ".")


def test_a_submission_that_changed_since_it_was_judged_is_not_scored(course):
    submission = answered(course)
    verdict = course.verdict(submission, EARNED)
    course.hand_in("ada", course.notebook())
    with pytest.raises(WriteError, match=r"^ada's 00_worksheet .* changed .*course grade.*$"):
        Writer(course.root).write(verdict)
    assert not (course.root / "autograded" / "ada" / "00_worksheet").exists()


def test_one_student_who_cannot_be_written_stops_nobody_else(course):
    bad, good = answered(course, "ada"), answered(course, "bob")
    verdicts = [course.verdict(bad, EARNED), course.verdict(good, EARNED)]
    course.hand_in("ada", course.notebook())
    writer = Writer(course.root)
    with pytest.raises(WriteError):
        writer.write(verdicts[0])
    assert writer.write(verdicts[1]).score == 4.75


def test_other_files_of_a_students_and_a_hostile_time_stamp_cost_nothing(course):
    submission = answered(course)
    folder = course.root / "submitted" / "ada" / "00_worksheet"
    (folder / "link").symlink_to("/nowhere")
    (folder / "secret").symlink_to(course.root / "gradebook.db")
    os.mkfifo(folder / "pipe")
    os.mkfifo(folder / "timestamp.txt")
    assert Writer(course.root).write(course.verdict(submission, EARNED)).score == 4.75
    kept = course.root / "autograded" / "ada" / "00_worksheet"
    assert [file.name for file in kept.iterdir()] == ["worksheet.ipynb"]


@pytest.mark.parametrize("stamp", ["not a date", "", "9" * 100_000, "\x00"])
def test_a_time_stamp_that_is_none_counts_as_none(course, stamp):
    submission = answered(course)
    (course.root / "submitted" / "ada" / "00_worksheet" / "timestamp.txt").write_text(stamp)
    assert Writer(course.root).write(course.verdict(submission, EARNED)).score == 4.75


def test_the_time_of_the_hand_in_reaches_the_gradebook(course, gradebook):
    submission = answered(course)
    stamp = course.root / "submitted" / "ada" / "00_worksheet" / "timestamp.txt"
    stamp.write_text("2026-02-03 04:05:06 UTC")
    Writer(course.root).write(course.verdict(submission, EARNED))
    with gradebook() as book:
        assert book.find_submission("00_worksheet", "ada").timestamp.hour == 4


def test_a_name_that_files_cannot_have_is_in_the_gradebook(course, gradebook):
    name = "s1234567#2"
    course.hand_in(name, course.notebook())
    stamp = course.root / "submitted" / name / "00_worksheet" / "timestamp.txt"
    stamp.write_text("2026-02-03 04:05:06 UTC")
    submission = collect(course.root, course.skeleton, student_id(name))
    verdict = course.verdict(submission, EARNED) | {"name": submission.name}
    assert Writer(course.root).write(verdict, submission).student == "s1234567_2-45ba36"
    assert Writer(course.root).feedback("00_worksheet", "s1234567_2-45ba36").is_file()
    with gradebook() as book:
        assert book.find_student("s1234567_2-45ba36").last_name == name
        assert book.find_submission("00_worksheet", "s1234567_2-45ba36").timestamp.hour == 4


def test_a_gradebook_that_is_busy_for_a_while_is_waited_for(course, monkeypatch):
    writer = Writer(course.root)
    verdict = course.verdict(answered(course), EARNED)
    writer.write(verdict)
    # SQLite itself waits five seconds at each try; hold the lock for longer than one
    other = sqlite3.connect(course.root / "gradebook.db", check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    release = threading.Timer(6.0, other.close)  # an open transaction is rolled back
    release.start()
    try:
        assert writer.write(verdict).score == 4.75
    finally:
        release.join()


def test_a_gradebook_that_stays_locked_is_a_clear_error(course, monkeypatch):
    monkeypatch.setattr(retried, "WAITS", ())  # one try: the wait itself is tested above
    writer = Writer(course.root)
    verdict = course.verdict(answered(course), EARNED)
    writer.write(verdict)
    other = sqlite3.connect(course.root / "gradebook.db")
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(WriteError, match=r"holds gradebook\.db.*run the command again"):
            writer.write(verdict)
    finally:
        other.rollback()
        other.close()
    assert writer.write(verdict).score == 4.75


def test_nbgrader_is_quiet_and_leaves_the_process_as_it_was(course, capfd, monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin:/bin")  # `alembic`, which makes a gradebook, is not on it
    (course.root / "gradebook.db").unlink()
    folder = Path.cwd()
    writer = Writer(course.root)
    with warnings.catch_warnings(record=True) as heard:
        written = writer.write(course.verdict(answered(course), EARNED))
        writer.feedback("00_worksheet", "ada")
    assert capfd.readouterr() == ("", "")
    assert heard == []
    assert "Autograding" in written.log
    assert Path.cwd() == folder
    assert os.environ["PATH"] == "/usr/bin:/bin"
    assert "NBGRADER_EXECUTION" not in os.environ
