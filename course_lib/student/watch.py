"""`course watch worksheet.ipynb`: at each save, how far it is and the next thing to mend.

    watch_notebook(Path("worksheet.ipynb"))       # 0 when nothing is left; Ctrl-C ends it before

A process that has imported TensorFlow is kept ready, so a save is answered at once. An exercise
that is finished is tried again only when a cell that it builds on has changed, and when all others
are finished too: the last word is on the whole notebook, as it stands then. The file is looked at
five times a second: no library is needed for that, and it works on every disk.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console

from course_lib.student.runner import READY, Event, Runner
from course_lib.student.sheet import Sheet, UnusableError, parse, read
from course_lib.student.terminal import busy, died, stopped

Stamp = tuple[int, int, int] | None

SETTLED = 0.1  # seconds in which a file has not changed before it is read
HALF_WRITTEN = 2.0  # seconds after which a file that is no notebook is not about to become one


def watch_notebook(path: Path) -> int:
    """Check the notebook at each save until every point is earned; then 0.

    Raises UnusableError where there is no such notebook to begin with.
    """
    assignment, seed = read(path, "course watch").checks.assignment, str(secrets.randbits(31))
    watch, spare = Watch(path), Runner(READY, assignment, seed)
    try:
        for sheet, text in watch.saves():
            with spare as runner:
                spare = Runner(READY, assignment, seed)
                runner.tell({"path": str(path), "notebook": text, "known": watch.known(sheet)})
                if watch.follow(sheet, runner):
                    return 0
    finally:
        spare.close()
    raise AssertionError("unreachable: saves have no end")


class Watch:
    """One notebook over its saves: what is known of it, and what was shown."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: Stamp = None
        self._results: dict[str, Event] = {}
        self._built_on: dict[str, tuple[str, ...] | None] = {}

    def saves(self) -> Iterator[tuple[Sheet, str]]:
        """The notebook as it is now, and then each time that it was saved."""
        refused, since = "", 0.0  # why the file is no notebook, and since when
        while True:
            if refused and time.monotonic() - since > HALF_WRITTEN:
                click.echo(f"{refused}\nWaiting for the next save; Ctrl-C ends this.")
                refused = ""
            now = _stamp(self._path)
            time.sleep(SETTLED)
            if not self._changed() or _stamp(self._path) != now:
                continue
            self._seen = now
            try:
                text = self._path.read_text(encoding="utf-8-sig")
                sheet = parse(text, self._path)
            except (OSError, UnicodeDecodeError, UnusableError) as error:
                refused, since = str(error), time.monotonic()
                continue
            refused = ""
            yield sheet, text

    def _changed(self) -> bool:
        now = _stamp(self._path)
        return now is not None and now != self._seen

    def known(self, sheet: Sheet) -> list[str]:
        """The finished exercises that nothing has changed under."""
        built_on = {name: _sources(sheet, name) for name in sheet.checks.exercises}
        same = {n for n, on in built_on.items() if on is not None and on == self._built_on.get(n)}
        self._results = {
            name: result
            for name, result in self._results.items()
            if name in same and result["status"] == "passed"
        }
        self._built_on = built_on
        return list(self._results)

    def follow(self, sheet: Sheet, runner: Runner) -> bool:
        """Show what comes of one save; whether every point is earned. Stops at the next save."""
        click.clear()  # of a terminal; a file or a pipe stays as it is
        at = datetime.now().astimezone()
        click.echo(f"{self._path.name} at {at:%H:%M:%S}\n")
        shown = False
        with Console(stderr=True).status("") as status:
            for event in runner.events():
                if self._changed():
                    return False
                match event["event"]:
                    case "cell" | "checking":
                        status.update(busy(event))
                    case "stopped":
                        click.echo(stopped(event) + "\n")
                    case "died":
                        click.echo(died(event) + "\n")
                    case "result":
                        self._results[event["exercise"]] = event
                shown = shown or self._show_next(sheet)
        click.echo(self._progress(sheet))
        return self._earned() >= sheet.possible

    def _show_next(self, sheet: Sheet) -> bool:
        """Show the first unfinished exercise, once it is known which that is."""
        for name in sheet.checks.exercises:
            result = self._results.get(name)
            if result is None:
                return False
            if result["earned"] < result["points"]:
                text = result["text"] or f"{name} is next: write its cell, and save the notebook."
                click.echo(f"{text}\n")
                return True
        return False

    def _earned(self) -> float:
        return float(sum(result["earned"] for result in self._results.values()))

    def _progress(self, sheet: Sheet) -> str:
        done = sum(result["earned"] >= result["points"] for result in self._results.values())
        count, possible = len(sheet.checks.exercises), sheet.possible
        line = f"{self._earned():g}/{possible:g} points, {done} of {count} exercises"
        if done < count:
            return f"{line}. Waiting for the next save; Ctrl-C ends this."
        by_hand = f" Read by a person: {', '.join(sheet.by_hand)}." if sheet.by_hand else ""
        return f"{line}. Nothing is left to mend.{by_hand}"


def _sources(sheet: Sheet, exercise: str) -> tuple[str, ...] | None:
    """The cells that it is built on, as text; None where that cannot be read off."""
    cells = sheet.foundations.below(exercise)
    return None if cells is None else tuple(cell.source for cell in cells)


def _stamp(path: Path) -> Stamp:
    """What changes when a file is written; None while there is none."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino
