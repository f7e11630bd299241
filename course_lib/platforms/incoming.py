"""`course collect`: who becomes whom, as a table, and then the writing.

code = collect_hand_ins(Request(root, "01_pendulum", Path("download.zip")))
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from course_lib.errors import CourseError
from course_lib.notebook.released_notebook import ReleasedNotebook
from course_lib.platforms.archive import Archive, opened
from course_lib.platforms.collected import read_collected, write_collected
from course_lib.platforms.collecting import (
    TO_SETTLE,
    WRITTEN,
    HandIn,
    Plan,
    make_plan,
    remembered,
    write,
)
from course_lib.platforms.roster import read_roster
from course_lib.text import one_line

DONE, LEFT = 0, 1
SHOWN = 30  # files that are named before the rest is counted
MEANING = {
    "new": "new",
    "newer": "newer, replaces what was there",
    "replaced": "replaces what was there, as asked",
    "timed": "there already; the time of the hand-in is new",
    "same": "there already",
    "older": "kept: what is there is newer",
    "unclear": "not written",
    "nobody": "not written",
    "refused": "not written",
}


@dataclass(frozen=True)
class Request:
    """What `course collect` was asked for."""

    root: Path
    assignment: str
    source: Path
    roster: Path | None = None
    platform: str | None = None
    replace: tuple[str, ...] = ()
    timezone: str | None = None
    dry_run: bool = False


def collect_hand_ins(request: Request, console: Console | None = None) -> int:
    """Show who becomes whom, and write it unless it is a dry run; returns the exit code.

    Raises CourseError where nothing can be collected.
    """
    console = console or _console()
    try:
        notebook = ReleasedNotebook.load(request.root, request.assignment).notebook
    except (FileNotFoundError, ValueError) as error:
        raise CourseError(str(error)) from None
    roster = read_roster(request.roster) if request.roster else None
    with opened(request.source) as archive:
        plan = make_plan(
            request.root,
            request.assignment,
            notebook,
            archive,
            roster,
            request.platform,
            request.replace,
            _zone(request.timezone),
        )
        _show(plan, request, console)
        _list(console, "Left out of what was read", archive.left_out)
        _list(console, "Nobody's, by their names", plan.strangers)
        troubles = {} if request.dry_run else _write(plan, archive)
    _list(console, "Not written", [f"{who}: {why}" for who, why in troubles.items()])
    if plan.missing:
        names = [one_line(f"{each.student} ({each.name})", 80) for each in plan.missing]
        _list(console, "On the roster, without a hand-in", names)
    console.print(Text(f"\n{_summary(plan, request, len(troubles))}"), soft_wrap=True)
    unsettled = any(each.action in TO_SETTLE for each in plan.hand_ins)
    passed_over = troubles or plan.strangers or archive.left_out  # somebody's hand-in, perhaps
    return LEFT if unsettled or passed_over else DONE


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=140)


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise CourseError(
            f"there is no time zone {name}. Next: name one as Europe/Berlin"
        ) from None


def _write(plan: Plan, archive: Archive) -> dict[str, str]:
    """Write what is to be written; who could not be, and why."""
    known = read_collected(plan.root, plan.assignment)
    troubles = {}
    try:
        for hand_in in plan.hand_ins:
            try:
                if hand_in.action in WRITTEN:
                    known[hand_in.student] = write(hand_in, plan, archive)
                elif hand_in.action == "same":
                    known[hand_in.student] = remembered(hand_in, plan.platform)
            except CourseError as error:
                troubles[hand_in.student] = str(error)
    finally:
        write_collected(plan.root, plan.assignment, known)
    return troubles


def _show(plan: Plan, request: Request, console: Console) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("in the archive", overflow="fold")
    table.add_column("student", overflow="fold")
    table.add_column("handed in (UTC)", no_wrap=True)
    table.add_column("what is done", overflow="fold")
    for hand_in in plan.hand_ins:
        table.add_row(
            Text(one_line(hand_in.sender.label, 80)),
            Text(one_line(hand_in.student or "?", 80)),
            f"{hand_in.time:%Y-%m-%d %H:%M}" if hand_in.time else "",
            Text(_said(hand_in)),
        )
    console.print(Text(f"{request.source.name}, read as {plan.platform}'s:"))
    console.print(table)


def _said(hand_in: HandIn) -> str:
    words = MEANING[hand_in.action]
    if hand_in.why:
        words += f": {one_line(hand_in.why, 300)}"
    if len(hand_in.files) > 1:
        words += f"; {len(hand_in.files)} files: {one_line(', '.join(hand_in.files), 120)}"
    if hand_in.others:
        words += f"; without {one_line(', '.join(hand_in.others), 120)}"
    return words


def _list(console: Console, title: str, lines: list[str]) -> None:
    """A title and the first of some lines."""
    if not lines:
        return
    console.print(Text(f"\n{title}:"))
    for line in lines[:SHOWN]:
        console.print(Text(f"  {one_line(line, 400)}"), soft_wrap=True)
    if len(lines) > SHOWN:
        console.print(f"  and {len(lines) - SHOWN} more")


def _summary(plan: Plan, request: Request, troubles: int) -> str:
    count = Counter[str](hand_in.action for hand_in in plan.hand_ins)
    writable = sum(count[action] for action in WRITTEN)
    if request.dry_run:
        words = f"{writable} would be written; this was a dry run. "
    else:
        words = f"{writable - troubles} written to submitted/. "
    if count["same"]:
        words += f"{count['same']} were there already. "
    if count["older"]:
        words += f"{count['older']} are older and were left. "
    unclear = [each.student for each in plan.hand_ins if each.action == "unclear"]
    if unclear:
        words += (
            f"{len(unclear)} differ from what is there. Next: `--replace {unclear[0]}` takes the "
            "archive's, `--replace all` everybody's. "
        )
    if count["nobody"]:
        words += (
            f"{count['nobody']} belong to nobody who is known. Next: "
            + ("correct the roster" if request.roster else "give a --roster")
            + ", and run the same command. "
        )
    if not request.dry_run and writable > troubles:
        words += f"Next: course grade {plan.assignment}"
    return words.strip()
