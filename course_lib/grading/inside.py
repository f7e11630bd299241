"""Judges plain test cells, which ran in the submission's own process, by how they ended.

    reports = tests_inside(submission, session)     # after all cells have run
    reports[0]["earned"], reports[0]["judged"]      # (1.0, "inside")

nbgrader's rules: a test that raises earns nothing; one whose last value is a number of at least 0
earns that many points; every other one earns all. What a test writes to stderr costs nothing. What
runs in a submission's process can be deceived by it, so the verdict says "judged": "inside".
"""

from __future__ import annotations

import re

from course_lib.claims.judging import Status
from course_lib.feedback.results import ExerciseReport
from course_lib.grading.session import Session
from course_lib.grading.student_process import CellReport
from course_lib.limits import ERROR_LIMIT
from course_lib.notebook.plain import is_checked
from course_lib.notebook.submission import Submission, SubmittedCell
from course_lib.text import one_line, without_file

LINE = re.compile(r"^\s*Cell In\[\d+\], line (\d+)", re.MULTILINE)  # the test's own frame is first
STUB = "NotImplementedError"  # what nbgrader puts where a solution is to be written
CODE_SHOWN = 200  # characters of the line of a test at which it stopped


def tests_inside(submission: Submission, session: Session) -> list[ExerciseReport]:
    """A report on each plain test cell, in the order of the notebook."""
    return [
        _report(cell, submission, session)
        for cell in submission.cells
        if cell.inside and not is_checked(cell.source, cell.exercise or "")
    ]


def _report(cell: SubmittedCell, submission: Submission, session: Session) -> ExerciseReport:
    check = ExerciseReport(
        exercise=cell.exercise or cell.id,
        earned=0.0,
        points=cell.points,
        status="missing",
        claims=[],
        judged="inside",
    )
    ran = session.reports.get(cell.id)
    if not submission.readable:
        check["message"] = "Nothing was handed in to test."
    elif ran is None or ran.status != "ok":
        check["status"], check["message"] = _stopped(ran, session, cell, submission)
    elif (number := _number(ran.value)) is not None and number > cell.points:
        check["status"] = "ungraded"
        fault = f"its last value is {number:g}, and it is worth {cell.points:g} points"
        check["message"] = "This test gave more points than it is worth: a person has to look."
        check["remarks"] = [f"{check['exercise']} is not graded: {cell.label}: {fault}"]
    else:
        check["earned"] = cell.points if number is None else number
        check["status"] = "passed" if check["earned"] == cell.points else "failed"
    return check


def _number(value: str | None) -> float | None:
    """The points that a test's last value stands for; None where it is no number of at least 0."""
    try:
        number = float(value or "")
    except ValueError:
        return None
    return number if number >= 0 else None


def _stopped(
    ran: CellReport | None, session: Session, cell: SubmittedCell, submission: Submission
) -> tuple[Status, str]:
    """How a test ended that did not pass, and the sentence for the student."""
    if ran is None:
        late = session.death_reason == "timeout"
        why = "all the time there was had been used up" if late else "the notebook had ended"
        return ("timeout" if late else "crashed"), f"This test was not run: {why} before."
    if ran.status == "timeout":
        return "timeout", "This test did not end in its time. Is there a loop that does not end?"
    if ran.status != "error":
        return "crashed", "The notebook's process ended while this test ran."
    name, words, trace = ran.error
    if name == STUB and _untouched(submission):
        return "missing", "It tests a cell that is as it was released: nothing is written there."
    said = without_file(one_line(f"{name}: {words}" if words else name, ERROR_LIMIT))
    where = _line(cell, trace)
    said = said or "an error"
    lead = "This test failed" if name == "AssertionError" else "This test stopped"
    status: Status = "failed" if name == "AssertionError" else "error"
    return status, f"{lead}: {said}" + (f"\nThe line of the test: {where}" if where else "")


def _untouched(submission: Submission) -> bool:
    return any(
        cell.role == "solution" and not cell.changed and STUB in cell.source
        for cell in submission.cells
    )


def _line(cell: SubmittedCell, trace: str) -> str:
    """The line of the test at which it stopped, if it is one that students can see."""
    found = LINE.search(trace)
    lines = cell.inside.splitlines()
    number = int(found[1]) if found else 0
    if not 0 < number <= len(lines):
        return ""
    line = lines[number - 1].strip()
    seen = {each.strip() for each in cell.source.splitlines()}
    return one_line(line, CODE_SHOWN) if line in seen else ""
