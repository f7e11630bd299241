"""A cohort's verdicts as a table: points, a mark for each exercise, a word to the instructor.

    student  points  exercises  remarks
    ada      18/18   ✓✓✓✓✓✓✓✓
    george    0/18   ········
    lena     15/18   ✓✓✓✓T✓✓✓

The marks are letters and signs, so that nothing depends on colour. Names and remarks may have
come out of a submission: they are shown as text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from course_lib.feedback.results import ExerciseReport
from course_lib.grading.verdict import Verdict, name_in
from course_lib.text import one_line

REMARKS = 6  # of one hand-in; a notebook with every cell renamed has fifty
MARKS = {
    "passed": ("✓", "+", "all of its points"),
    "part": ("◐", "~", "some"),
    "failed": ("✗", "-", "none"),
    "error": ("!", "!", "stops with an error"),
    "timeout": ("T", "T", "takes too long"),
    "crashed": ("C", "C", "ends its process"),
    "missing": ("·", ".", "not there, or not written yet"),
    "ungraded": ("?", "?", "not graded: the course's own checks failed"),
}


def summary(verdicts: Sequence[Verdict], troubles: dict[str, str], console: Console) -> None:
    """Print the table, what its marks mean, and the mean.

    troubles: for a student, what kept the verdict from being made or written down.
    """
    ascii_only = not _can_show(console, "✓◐✗·")
    table = Table(box=box.ASCII if ascii_only else box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("student", no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("exercises", no_wrap=True)
    table.add_column("remarks", overflow="fold")
    seen: set[str] = set()
    for verdict in verdicts:
        states = [state(check) for check in verdict["checks"]]
        seen.update(states)
        table.add_row(
            Text(one_line(name_in(verdict), 40)),
            f"{verdict['earned']:g}/{verdict['possible']:g}",
            "".join(MARKS[s][ascii_only] for s in states),
            Text("\n".join(_remarks(verdict, troubles))),
        )
    for student in sorted(set(troubles) - {verdict["student"] for verdict in verdicts}):
        table.add_row(Text(one_line(student, 40)), "?", "", Text(one_line(troubles[student], 400)))
    console.print(table)
    meaning = [f"{MARKS[s][ascii_only]} {MARKS[s][2]}" for s in MARKS if s in seen]
    if verdicts:
        names = ", ".join(check["exercise"] for check in verdicts[0]["checks"])
        console.print(Text(f"Exercises, in order: {names}"))
        console.print(Text("   ".join(meaning)))


def state(check: ExerciseReport) -> str:
    """One of MARKS: points first, and where there are none, why."""
    if check["earned"] >= check["points"]:
        return "passed"
    if check["earned"] > 0:
        return "part"
    return check["status"] if check["status"] != "passed" else "failed"


def _remarks(verdict: Verdict, troubles: dict[str, str]) -> Iterable[str]:
    if unicodedata.normalize("NFC", name_in(verdict)) != verdict["student"]:
        yield f"in files and in the gradebook: {verdict['student']}"
    if verdict["student"] in troubles:
        yield one_line(troubles[verdict["student"]], 400)
    remarks = verdict.get("remarks", [])
    for remark in remarks[:REMARKS]:
        yield one_line(remark, 200)
    if len(remarks) > REMARKS:
        yield f"… and {len(remarks) - REMARKS} more, in the verdict"


def _can_show(console: Console, signs: str) -> bool:
    try:
        signs.encode(console.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
