"""`course demo --all`: one made-up class through a whole course, into one gradebook."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook
from rich.console import Console

from course_lib.authoring.new import new
from course_lib.authoring.release import settings, tools_on_path
from course_lib.claims.bank import Entry
from course_lib.cli import main
from course_lib.demo import whole_course
from course_lib.demo.students import KINDS, NAMES, Lesson, common_ideas, make_students
from course_lib.demo.whole_course import lessons_of
from course_lib.grading.verdict import read_verdict
from tests.cli.conftest import ROOT, run

TINY = Path(__file__).parents[1] / "courses" / "tiny"


def lesson(number: int) -> Lesson:
    """A lesson of four exercises; in two of them a sign can be wrong."""
    exercises = tuple(f"f{k}" for k in range(4))
    slugs = ["wrong_sign", f"other_{number}", f"odd_{number}", "sign_lost"]
    mistakes = tuple(
        Entry(
            "mistakes", name, slug, "What is wrong.", f'"""What is wrong."""\n{name} = "{slug}"\n'
        )
        for name, slug in zip(exercises, slugs, strict=True)
    )
    right = Entry("alternatives", "f0", "shorter", "", "f0 = lambda: 0\n")
    return Lesson(f"0{number}_x", (*exercises, "why"), exercises, mistakes, (right,))


EIGHT = [lesson(number) for number in range(8)]
CLASS = make_students(30, EIGHT)


def of_kind(kind):
    return [student for student in CLASS if student.kind == kind]


def wrong_in(work):
    """The names of the mistakes in a hand-in, as this file's lessons write them."""
    return [code.split('"')[1] for _, code in work.edits if code.count('"') == 2]


def works_of(student):
    return [student.work(EIGHT, number) for number in range(8)]


def test_thirty_students_of_seven_kinds_have_names_of_their_own():
    assert len(CLASS) == len({student.name for student in CLASS}) == len(NAMES) == 30
    assert {kind: len(of_kind(kind)) for kind in KINDS} == {k: n for k, (n, _) in KINDS.items()}
    assert [student.kind for student in CLASS[:7]] == list(KINDS)


def test_a_small_class_is_the_beginning_of_a_large_one():
    few = make_students(7, EIGHT)
    assert few == CLASS[:7]
    assert [works_of(s) for s in few] == [works_of(s) for s in CLASS[:7]]


def test_who_improves_has_never_more_wrong_than_before_and_nothing_at_the_end():
    for student in of_kind("improving"):
        wrong = [len(wrong_in(work)) for work in works_of(student)]
        assert wrong == sorted(wrong, reverse=True)
        assert wrong[0] == 3 and wrong[-1] == 0


def test_who_is_stuck_makes_mistakes_of_one_idea():
    assert common_ideas(EIGHT)[0] == "sign"
    student = of_kind("stuck")[0]
    assert student.idea == "sign" and "sign" in student.story
    for work in works_of(student):
        assert wrong_in(work) == ["wrong_sign", "sign_lost"]


def test_an_idea_that_a_lesson_does_not_know_is_some_mistake_there():
    student = next(each for each in of_kind("stuck") if each.idea == "lost")
    assert [wrong_in(work) for work in works_of(student)] == [["sign_lost"]] * 8
    plain = Lesson("09_y", ("f0",), ("f0",), EIGHT[0].mistakes[:1], ())
    assert wrong_in(student.work([plain], 0)) == ["wrong_sign"]


def test_without_known_mistakes_what_is_wrong_is_not_written():
    bare = Lesson("01_x", ("f", "g"), ("f", "g"), (), ())
    stuck = next(s for s in make_students(7, [bare]) if s.kind == "stuck")
    assert stuck.work([bare], 0).edits == (("f: as released", ""),)


def test_who_is_late_is_always_late_and_nobody_else_ever():
    for student in CLASS:
        late = {student.hours_late(number) > 0 for number in range(8)}
        assert late == {student.kind == "late"}


def test_who_leaves_hands_in_something_and_then_nothing():
    for student in of_kind("leaving"):
        there = [work is not None for work in works_of(student)]
        assert there == sorted(there, reverse=True)
        assert there[0] and not there[-1]
    assert all(None not in works_of(s) for s in CLASS if s.kind != "leaving")


def test_half_done_and_blank_leave_the_rest_as_it_was_released():
    for kind, left in (("half done", ["f3", "why"]), ("blank", ["f0", "f1", "f2", "f3", "why"])):
        for work in works_of(of_kind(kind)[0]):
            assert work.edits == tuple((f"{name}: as released", "") for name in left)


def test_who_is_right_writes_no_mistake_and_sometimes_another_way():
    codes = [code for s in of_kind("right") for work in works_of(s) for _, code in work.edits]
    assert codes and set(codes) == {"f0 = lambda: 0"}


def test_no_hand_in_tells_what_is_wrong_with_it():
    works = [work for student in CLASS for work in works_of(student) if work]
    assert not [code for work in works for _, code in work.edits if "What is wrong" in code]


def test_every_hand_in_fits_the_notebooks_of_a_course():
    lessons = [Lesson.read(TINY, name) for name in lessons_of(TINY)]
    for student in make_students(30, lessons):
        for number, one in enumerate(lessons):
            (released,) = (TINY / "release" / one.name).glob("*.ipynb")
            solved = json.loads((TINY / "source" / one.name / released.name).read_text())
            work = student.work(lessons, number)
            if work:
                notebook = work.notebook(json.loads(released.read_text()), solved)
                assert "SOLUTION" not in json.dumps(notebook)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--all", "01_basics"], "leave out 01_basics"),
        (["--students", "3"], "--students goes with --all"),
        (["--all", "--students", "31"], "1<=x<=30"),
        (["--all", "09_nothing", "place"], "no assignment 09_nothing"),
    ],
)
def test_what_does_not_go_together_is_refused(words, said):
    done = CliRunner().invoke(main, ["demo", *words, "--course", str(TINY)])
    assert done.exit_code == 2
    assert said in done.output


def test_a_course_without_assignments_is_told_how_to_begin(tmp_path):
    shutil.copy(TINY / "nbgrader_config.py", tmp_path)
    done = CliRunner().invoke(main, ["demo", "--all", str(tmp_path / "d"), "--course", tmp_path])
    assert done.exit_code == 2
    assert "has no assignments. Next: `course new" in done.output


def test_a_folder_that_no_demo_made_is_left_alone(tmp_path):
    (tmp_path / "thesis.tex").write_text("mine")
    done = CliRunner().invoke(main, ["demo", "--all", str(tmp_path), "--course", str(TINY)])
    assert done.exit_code == 2 and "no demo made it" in done.output
    assert (tmp_path / "thesis.tex").read_text() == "mine"


def graded(course: Path, size: int):
    """A class of `size` graded on a course: the folder, and what was printed."""
    folder = course / "class"
    done = run("demo", "--all", "--students", size, "--jobs", 1, folder, cwd=course, timeout=3600)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done.stdout


def book_of(folder: Path, lesson: str) -> dict[str, float]:
    """Who has handed a lesson in, and how many seconds late, as the gradebook says."""
    course_id = settings(folder).CourseDirectory.course_id
    with tools_on_path(), Gradebook(f"sqlite:///{folder}/gradebook.db", course_id) as book:
        found = book.assignment_submissions(lesson)
        return {each.student.id: each.total_seconds_late for each in found}


def look_into(folder: Path, size: int) -> None:
    """One gradebook has everybody's points; who is late or missing is seen there."""
    lessons = [Lesson.read(folder, name) for name in lessons_of(folder)]
    students = make_students(size, lessons)
    with (folder / "grades.csv").open(newline="") as file:
        rows = {(row["assignment"], row["student_id"]): row for row in csv.DictReader(file)}
    assert len(rows) == len(students) * len(lessons)
    for number, one in enumerate(lessons):
        late = book_of(folder, one.name)
        assert late.keys() == {s.name for s in students if number < s.stays}
        for student in students:
            verdict = read_verdict(folder, one.name, student.name)
            row = rows[one.name, student.name]
            assert (verdict is None) == (number >= student.stays), (one.name, student)
            if verdict is None:
                assert (row["timestamp"], float(row["raw_score"])) == ("", 0.0)
                continue
            assert float(row["raw_score"]) == pytest.approx(verdict["earned"])
            assert (late[student.name] > 0) == (student.kind == "late")
            share = verdict["earned"] / verdict["possible"]
            if student.kind == "right":
                assert share == 1, (one.name, verdict["checks"])
            if student.kind in ("stuck", "half done") and len(one.exercises) > 1:
                assert 0 < share < 1, (one.name, student.kind)
            if student.kind == "blank":
                assert share == 0
            if student.kind == "improving" and number == len(lessons) - 1:
                assert share == 1, (one.name, verdict["checks"])


@pytest.mark.slow
def test_a_class_is_graded_through_a_small_course(tmp_path):
    for name in ("01_pendulum", "02_spring"):
        new(name, tmp_path)
    folder, printed = graded(tmp_path, 5)
    look_into(folder, 5)
    assert "Lesson 2 of 2: 02_spring" in printed and "(10 rows" in printed
    assert "leaving,good" in (folder / "class.csv").read_text().replace('"', "")


def test_the_points_of_eight_lessons_fit_into_eighty_columns(tmp_path, monkeypatch):
    monkeypatch.setattr(whole_course, "_shares", lambda *_: [1.0])
    out = io.StringIO()
    names = [one.name for one in EIGHT]
    whole_course._points_by_kind(Console(file=out, width=80), tmp_path, CLASS, names)
    assert "…" not in out.getvalue() and "hand-ins" in out.getvalue()


@pytest.mark.slow
def test_a_class_is_graded_through_the_whole_course(tmp_path):
    course = tmp_path / "course"
    course.mkdir()
    for part in ("nbgrader_config.py", "requirements.lock"):
        shutil.copy(ROOT / part, course)
    for part in ("source", "assignments"):
        (course / part).symlink_to(ROOT / part)
    folder, printed = graded(course, 2)
    look_into(folder, 2)
    assert f"2 students, {len(lessons_of(ROOT))} lessons" in " ".join(printed.split())
