"""The table and the progress of a grading run: readable without colour, safe with any name."""

import io
import os
import signal

import pytest
from rich.console import Console

from course_lib.report.grading import uninterrupted
from course_lib.report.progress import pace, progress
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


def test_pace_counts_what_is_left():
    assert pace(0, 12, 5.0) == ""
    assert pace(4, 12, 60.0) == "4 a minute, 2:00 left"
    assert pace(12, 12, 60.0) == ""


def test_without_a_terminal_each_submission_is_a_line():
    file = io.StringIO()
    with progress(Console(file=file, width=40), 2) as advance:
        advance("ada  18/18, and a remark that is longer than the console is wide")
        advance("[bold]bo[/bold]  3/18")
    first, second = file.getvalue().splitlines()
    assert first.startswith("[1/2] ada  18/18")
    assert second == "[2/2] [bold]bo[/bold]  3/18"


def test_ctrl_c_waits_for_a_student_to_be_written_down():
    steps = []
    with pytest.raises(KeyboardInterrupt), uninterrupted():
        os.kill(os.getpid(), signal.SIGINT)
        steps.append("written")
    assert steps == ["written"]
