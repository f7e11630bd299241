"""Where a run's time went, as a table: for each stage the seconds that a submission took.

    stage            wall    CPU  share
    fork, sandbox   0.021  0.002    1 %
    …
    student's own          0.702   61 %

Stages of the graders come out of the verdicts; those of this process, the one writer, from its own
stopwatch. A submission's own process is another one: it works while a grader's wall clock stands at
`cells` or `calls`, and its CPU seconds are the last line.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table

from course_lib.claims.stopwatch import Seconds
from course_lib.grading.verdict import Verdict

STUDENT = "student"


def stages(verdicts: Iterable[Verdict], writer: dict[str, Seconds]) -> dict[str, Seconds]:
    """For each stage the wall and CPU seconds, all submissions together.

    >>> stages([{"timings": {"cells": [2.0, 0.5]}}, {"timings": {"cells": [1.0, 0.25]}}], {})
    {'cells': (3.0, 0.75)}
    """
    total: dict[str, Seconds] = {}
    parts = [part for verdict in verdicts for part in verdict.get("timings", {}).items()]
    for stage, (wall, cpu) in [*parts, *writer.items()]:
        before = total.get(stage, (0.0, 0.0))
        total[stage] = before[0] + wall, before[1] + cpu
    return total


def timings(verdicts: list[Verdict], writer: dict[str, Seconds], console: Console) -> None:
    """Print the table, for the verdicts that this run made."""
    if not verdicts:
        return
    found = stages(verdicts, writer)
    spent = sum(cpu for _, cpu in found.values()) or 1.0
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title="seconds a submission")
    table.add_column("stage")
    for column in ("wall", "CPU", "share"):
        table.add_column(column, justify="right")
    for stage, (wall, cpu) in found.items():
        own = stage == STUDENT
        table.add_row(
            "the student's process" if own else stage,
            "" if own else f"{wall / len(verdicts):.3f}",
            f"{cpu / len(verdicts):.3f}",
            f"{cpu / spent:.0%}",
        )
    table.add_section()
    table.add_row("all", "", f"{spent / len(verdicts):.3f}", "")
    console.print(table)
