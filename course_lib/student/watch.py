"""`course watch worksheet.ipynb`: at each save, how far it is and the next thing to fix.

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

from course_lib.errors import UnusableError
from course_lib.student.runner import Event, Runner
from course_lib.student.student_notebook import StudentNotebook, parse, read
from course_lib.student.terminal import busy, died, followed, stopped
from course_lib.student.waiting import Waiting

Stamp = tuple[int, int, int] | None

SETTLED = 0.1  # seconds in which a file has not changed before it is read
HALF_WRITTEN = 2.0  # seconds after which a file that is no notebook is not about to become one


def watch_notebook(path: Path) -> int:
    """Check the notebook at each save until every point is earned; then 0.

    Raises UnusableError where there is no such notebook to begin with.
    """
    assignment, seed = read(path, "course watch").assignment.name, secrets.randbits(31)
    watch, spare = Watch(path), Runner(assignment, seed, path)
    try:
        for notebook, data in watch.saves():
            with spare as runner:
                spare = Runner(assignment, seed, path)
                runner.tell(data, watch.known(notebook))
                if watch.follow(notebook, runner):
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
        self._noted: set[str] = set()

    def saves(self) -> Iterator[tuple[StudentNotebook, bytes]]:
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
                data = self._path.read_bytes()
                notebook = parse(data, self._path)
            except (OSError, UnusableError) as error:
                refused, since = str(error), time.monotonic()
                continue
            refused = ""
            yield notebook, data

    def _changed(self) -> bool:
        now = _stamp(self._path)
        return now is not None and now != self._seen

    def known(self, notebook: StudentNotebook) -> list[str]:
        """The finished exercises that nothing has changed under."""
        built_on = {name: _sources(notebook, name) for name in notebook.assignment.exercises}
        same = {n for n, on in built_on.items() if on is not None and on == self._built_on.get(n)}
        self._results = {
            name: result
            for name, result in self._results.items()
            if name in same and result["status"] == "passed"
        }
        self._built_on = built_on
        return list(self._results)

    def follow(self, notebook: StudentNotebook, runner: Runner) -> bool:
        """Show what comes of one save; whether every point is earned. Stops at the next save."""
        click.clear()  # of a terminal; a file or a pipe stays as it is
        at = datetime.now().astimezone()
        click.echo(f"{self._path.name} at {at:%H:%M:%S}\n")
        shown = False
        with Waiting() as waiting:
            waiting.at("importing what the notebook imports")
            for event in runner.events():
                if self._changed():
                    return False
                match event["event"]:
                    case "cell" | "checking":
                        waiting.at(busy(event))
                    case "tick":
                        waiting.tick()
                    case "stopped":
                        waiting.echo(stopped(event) + "\n")
                    case "followed":
                        waiting.echo(followed(event) + "\n")
                    case "note":
                        self._say_once(event["text"], waiting)
                    case "died":
                        waiting.echo(died(event) + "\n")
                    case "result":
                        self._results[event["exercise"]] = event
                shown = shown or self._show_next(notebook, waiting)
        click.echo(self._progress(notebook))
        return self._earned() >= notebook.possible

    def _say_once(self, note: str, waiting: Waiting) -> None:
        """Print a remark on the notebook that was not made at an earlier save."""
        if note not in self._noted:
            self._noted.add(note)
            waiting.echo(f"{note}\n")

    def _show_next(self, notebook: StudentNotebook, waiting: Waiting) -> bool:
        """Show the first unfinished exercise, once it is known which that is."""
        for name in notebook.assignment.exercises:
            result = self._results.get(name)
            if result is None:
                return False
            if result["earned"] < result["points"]:
                text = result["text"] or f"{name} is next: write its cell, and save the notebook."
                waiting.echo(f"{text}\n")
                return True
        return False

    def _earned(self) -> float:
        return float(sum(result["earned"] for result in self._results.values()))

    def _progress(self, notebook: StudentNotebook) -> str:
        done = sum(result["earned"] >= result["points"] for result in self._results.values())
        count, possible = len(notebook.assignment.exercises), notebook.possible
        line = f"{self._earned():g}/{possible:g} points, {done} of {count} exercises"
        if done < count:
            return f"{line}. Waiting for the next save; Ctrl-C ends this."
        by_hand = f" Read by a person: {', '.join(notebook.by_hand)}." if notebook.by_hand else ""
        return f"{line}. Nothing is left to fix.{by_hand}"


def _sources(notebook: StudentNotebook, exercise: str) -> tuple[str, ...] | None:
    """The cells that it is built on, as text; None where that cannot be read off."""
    cells = notebook.prerequisites.below(exercise)
    return None if cells is None else tuple(cell.source for cell in cells)


def _stamp(path: Path) -> Stamp:
    """What changes when a file is written; None while there is none."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino
