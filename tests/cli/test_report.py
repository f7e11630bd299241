"""The table and the progress of a grading run: readable without colour, safe with any name."""

import io
import os
import re
import signal
import time

import pytest
from rich.console import Console

from course_lib.grading.course import Course
from course_lib.report.grading import uninterrupted
from course_lib.report.hand_ins import no_longer, passed_over
from course_lib.report.progress import Tally, progress
from course_lib.report.table import summary


def verdict(student, *checks, remarks=()):
    results = [
        {"exercise": f"e{i}", "earned": earned, "points": 2.0, "status": status, "claims": []}
        for i, (earned, status) in enumerate(checks)
    ]
    total = sum(check["earned"] for check in results)
    return {
        "student": student,
        "earned": total,
        "possible": 2.0 * len(results),
        "checks": results,
        "remarks": list(remarks),
    }


def printed(verdicts, troubles=None, encoding="utf-8"):
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding)
    summary(verdicts, troubles or {}, Console(file=file, width=120))
    file.flush()
    return raw.getvalue().decode(encoding)


CASES = [(2.0, "passed"), (0.5, "failed"), (0.0, "failed"), (0.0, "error"), (0.0, "timeout")]


def test_points_and_a_mark_for_each_exercise():
    text = printed([verdict("ada", *CASES)])
    assert "2.5/10" in text and "✓◐✗!T" in text
    assert "Exercises, in order: e0, e1, e2, e3, e4" in text
    assert "takes too long" in text and "ends its process" not in text


def test_a_terminal_without_those_signs_gets_others():
    assert "+~-!T" in printed([verdict("ada", *CASES)], encoding="ascii")


def test_names_and_remarks_are_text():
    hostile = verdict("[red]x\x1b[2J", (2.0, "passed"), remarks=["[link=http://e]a[/link]\x07"])
    text = printed([hostile])
    assert "[red]x" in text and "[link=http://e]a[/link]" in text
    assert "\x1b[2J" not in text and "\x07" not in text


def test_who_could_not_be_written_is_in_the_table():
    text = printed([verdict("ada", (2.0, "passed"))], {"ada": "gradebook is held", "bo": "lost"})
    assert "gradebook is held" in text and "lost" in text


def test_pace_counts_what_this_run_graded_and_what_is_left():
    tally = Tally([f"s{k}" for k in range(12)], jobs=2, now=0.0)
    assert tally.pace(now=5.0) == ""
    for k in range(4):
        tally.done(f"s{k}", graded=False, now=1.0)
    assert tally.pace(now=5.0) == ""  # what was found done says nothing of how long grading takes
    for k in range(4, 8):
        tally.done(f"s{k}", graded=True, now=60.0)
    assert tally.pace(now=60.0) == "4 a minute, 1:00 left"
    for k in range(8, 12):
        tally.done(f"s{k}", graded=True, now=100.0)
    assert tally.pace(now=120.0) == ""


def test_it_is_said_who_is_waited_for():
    tally = Tally(["ada", "lena", "bo", "cy"], jobs=2, now=0.0)
    tally.done("ada", graded=True, now=2.0)
    assert tally.waiting(now=10.0) == ""
    tally.done("bo", graded=True, now=40.0)
    assert tally.waiting(now=45.0) == "waiting for lena: 45 s of 120 s"
    assert tally.waiting(now=200.0).startswith("waiting for lena: 200 s; it may have longer")
    tally.done("lena", graded=True, now=200.0)
    assert tally.waiting(now=210.0) == "waiting for cy: 170 s; it may have longer where the " + (
        "machine is busy"
    )
    assert Tally(["ada"], jobs=None, now=0.0).waiting(now=500.0) == ""  # a cluster's business


def test_without_a_terminal_each_submission_is_a_line(monkeypatch):
    monkeypatch.setattr("course_lib.report.progress.QUIET", 0.05)
    file = io.StringIO()
    with progress(Console(file=file, width=40), ["ada", "[bold]bo[/bold]"], jobs=1) as advance:
        advance("ada", "18/18, and a remark that is longer than the console is wide")
        time.sleep(0.5)
        advance("[bold]bo[/bold]", "3/18")
    first, *waiting, last = file.getvalue().splitlines()
    assert first.startswith("[1/2] ada  18/18")
    said = re.compile(r"waiting for \[bold\]bo\[/bold\]: \d s of 120 s")
    assert waiting and all(said.fullmatch(line) for line in waiting)
    assert last == "[2/2] [bold]bo[/bold]  3/18"


def folder_of(root, *paths):
    """A course in which these files were handed in and `verdicts/01_basics/` is there."""
    (root / "verdicts" / "01_basics").mkdir(parents=True)
    for path in paths:
        file = root / "submitted" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}")
    return Course(root, "01_basics")


def test_who_is_graded_and_no_longer_there_is_named(tmp_path):
    course = folder_of(tmp_path, "cy/01_basics/basics.ipynb")
    assert no_longer(course) == []
    for name in ("ada", "bo", "cy"):
        (tmp_path / "verdicts" / "01_basics" / f"{name}.json").touch()
    (line,) = no_longer(course)
    assert line.startswith(
        "\nGraded earlier and no longer in submitted/: ada, bo. Their points stay"
    )
    for number in range(6):
        (tmp_path / "verdicts" / "01_basics" / f"s{number}.json").touch()
    assert "s2 and 3 more." in no_longer(course)[0]


def test_everybody_who_is_passed_over_is_named(tmp_path):
    names = [f"s{number}" for number in range(12)]
    course = folder_of(tmp_path, *(f"{name}/basics.ipynb" for name in names))
    (line,) = passed_over(course)
    assert all(f"submitted/{name}/basics.ipynb" in line for name in names)


def test_two_spellings_of_one_name_are_both_named_with_what_tells_them_apart(tmp_path):
    spellings = ("M\xfcller", "Mu\u0308ller")
    course = folder_of(tmp_path, *(f"{name}/01_basics/basics.ipynb" for name in spellings))
    assert course.students() == []
    (line,) = passed_over(course)
    assert line.startswith("\nRefused: ") and "spelt in 2 ways. Next: " in line
    assert r"('M\xfcller')" in line and r"('Mu\u0308ller')" in line
    assert no_longer(course) == []


@pytest.mark.parametrize(
    "path",
    [
        "ada/basics.ipynb",
        "ada/basics.ipynb.txt",
        "ada/01_basics.zip",
        "ada/01_basics",  # a file that has the folder's name
        "ada/01_Basics/basics.ipynb",
        "ada/01_basics/basics.zip",
        "ada/01_basics/basics/a/b/basics.ipynb",
        ".ada/01_basics/basics.ipynb",
    ],
)
def test_a_hand_in_where_none_is_looked_for_is_named(tmp_path, path):
    (line,) = passed_over(folder_of(tmp_path, path))
    assert "Passed over: submitted/" in line and path.split("/")[0] in line


def test_what_is_no_hand_in_is_not_named(tmp_path):
    ordinary = "ada/01_basics/basics.ipynb"
    beside = ("ada/01_basics/data/more.ipynb", "README.txt", ".git/config", "ada/.cache/x.ipynb")
    (tmp_path / "release" / "02_energy").mkdir(parents=True)
    assert passed_over(folder_of(tmp_path, ordinary, *beside, "ada/02_energy/energy.ipynb")) == []


def test_the_table_has_names_as_people_write_them():
    one = verdict("s1_2-45ba36", (2.0, "passed")) | {"name": "s1#2"}
    text = printed([one])
    assert "s1#2 " in text and "in files and in the gradebook: s1_2-45ba36" in text
    two = verdict("M\xfcller", (2.0, "passed")) | {"name": "Mu\u0308ller"}
    assert "in files" not in printed([two])


def test_ctrl_c_waits_for_a_student_to_be_written_down():
    steps = []
    with pytest.raises(KeyboardInterrupt), uninterrupted():
        os.kill(os.getpid(), signal.SIGINT)
        steps.append("written")
    assert steps == ["written"]
