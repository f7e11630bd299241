"""The differences between two grading runs, as people read them.

student   points        by
bob       2/3 → 1/3     mean: adds_up does not hold any more
cleo      0/3 → 1/3     mean: adds_up holds now

adds_up (mean)   holds now: 1   does not hold any more: 1
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from course_lib.regrade.differences import ROUNDING, Change, ExerciseChange
from course_lib.regrade.folders import Comparison, compare_folders
from course_lib.report.hand_ins import few
from course_lib.text import one_line

SAME, DIFFERENT = 0, 1
PLAIN = {"passed", "failed"}  # what the claims tell already


def diff_folders(before: Path, after: Path, console: Console | None = None) -> int:
    """Compare two folders of verdicts; returns the exit code. Raises CourseError."""
    return print_comparison(compare_folders(before, after), console or console_for())


def console_for() -> Console:
    """The terminal; where there is none, wide enough for a claim's name."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=140)


def print_comparison(found: Comparison, console: Console) -> int:
    """Print what differs; returns 1 where anybody's points do, else 0."""
    if found.changes:
        console.print(_students(found.changes))
        console.print(_claims(found.changes))
    for line in _summary(found):
        console.print(Text(line), soft_wrap=True)
    return DIFFERENT if any(change.in_points for change in found.changes) else SAME


def _students(changes: list[Change]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("student", overflow="fold")
    table.add_column("points", no_wrap=True)
    table.add_column("by", overflow="fold")
    for change in changes:
        before, after = change.possible
        points = f"{change.before:g}/{before:g} → {change.after:g}/{after:g}"
        words = [_said(exercise) for exercise in change.exercises]
        if change.handed_in_anew:
            words.insert(0, "handed in anew")
        table.add_row(Text(one_line(change.name, 40)), points, Text("\n".join(words)))
    return table


def _said(change: ExerciseChange) -> str:
    words = [f"{claim.claim} {claim.words}" for claim in change.claims]
    if change.before is None or change.after is None:
        words.insert(0, "new" if change.before is None else "gone")
    elif not words and abs(change.gained) > ROUNDING:
        words = [f"{change.before:g} → {change.after:g} points"]
    if all(change.status) and not {*change.status} <= PLAIN:
        words.append(f"{change.status[0]} → {change.status[1]}")
    return f"{change.exercise}: {'; '.join(words)}"


def _claims(changes: list[Change]) -> Table:
    """For each claim: how many students it holds for now and did not, and the other way round."""
    count: Counter[tuple[str, str, str]] = Counter()
    for change in changes:
        for exercise in change.exercises:
            for claim in exercise.claims:
                count[exercise.exercise, claim.claim, claim.words] += 1
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("exercise", "claim", "what", "students"):
        table.add_column(title, overflow="fold", justify="right" if title == "students" else "left")
    for (name, claim_name, words), students in count.items():
        table.add_row(name, claim_name, words, str(students))
    return table


def _summary(found: Comparison) -> list[str]:
    up = sum(change.gained > ROUNDING for change in found.changes)
    down = sum(change.gained < -ROUNDING for change in found.changes)
    only_claims = sum(not change.in_points for change in found.changes)
    same = found.seen - up - down
    lines = [f"Of {found.seen}: {up} up, {down} down, {same} with the same points."]
    if only_claims:
        lines.append(f"For {only_claims}, claims differ and points do not.")
    if found.only_after:
        lines.append(f"Only now: {few(found.only_after)}.")
    if found.only_before:
        lines.append(f"Only before: {few(found.only_before)}.")
    if found.unreadable:
        lines.append(f"Not a verdict, and left out: {few(found.unreadable)}.")
    return lines
