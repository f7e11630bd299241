"""The table and the progress of a grading run: readable without colour, safe with any name."""

import io
import os
import re
import signal
import time

import pytest
from rich.console import Console

from course_lib.report.grading import _no_longer, uninterrupted
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


def test_who_is_graded_and_no_longer_there_is_named():
    (empty, line) = _no_longer(["ada", "bo"])
    assert not empty
    assert line.startswith("Graded earlier and no longer in submitted/: ada, bo. Their points stay")
    assert "s4 and 3 more." in list(_no_longer([f"s{k}" for k in range(8)]))[1]
    assert not list(_no_longer([]))


def test_ctrl_c_waits_for_a_student_to_be_written_down():
    steps = []
    with pytest.raises(KeyboardInterrupt), uninterrupted():
        os.kill(os.getpid(), signal.SIGINT)
        steps.append("written")
    assert steps == ["written"]
