"""`course check worksheet.ipynb`: each exercise's card in the terminal, a total, what is left.

    check_notebook(Path("worksheet.ipynb"))      # 0: nothing left, 1: something is, else raises

The notebook runs in a process of its own, so that whatever it does, the count is ours.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import click
from rich.console import Console

from course_lib.calls.text import one_line, plain
from course_lib.student.sheet import Sheet, UnusableError, read

Event = dict[str, Any]

QUIET = {
    "TF_CPP_MIN_LOG_LEVEL": "3",  # TensorFlow's greetings are nothing a student can act on
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "CUDA_VISIBLE_DEVICES": "-1",  # the grader has no graphics card either
    "MPLBACKEND": "agg",  # figures are drawn, and no window opens
}


def check_notebook(path: Path, everything: bool = False) -> int:
    """Run and check the notebook, print what comes of it; 0 if every point is earned, else 1.

    everything: show the claims of finished exercises too. Raises UnusableError.
    """
    sheet = read(path)
    results: list[Event] = []
    with Console(stderr=True).status("importing TensorFlow …") as status:
        for event in _events(path):
            match event["event"]:
                case "cell":
                    status.update(f"running cell {event['number']} of {event['of']} …")
                case "checking":
                    status.update(f"trying {event['exercise']} …")
                case "stopped":
                    click.echo(_stopped(event))
                case "result":
                    results.append(event)
                    click.echo(_result(event, everything))
                case "died":
                    click.echo(f"The notebook's process ended while {event['doing']}.")
                    if event["words"]:
                        click.echo(event["words"])
    click.echo()
    click.echo(_left(sheet, path, results))
    earned = sum(result["earned"] for result in results)
    return 0 if earned >= _possible(sheet) else 1


def _events(path: Path) -> Iterator[Event]:
    """What the notebook's process says; "died" at the end if it did not come to its end."""
    command = [sys.executable, "-P", "-m", "course_lib.student.run", str(path)]
    doing, last = "it was starting", ""
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=words, env={**os.environ, **QUIET}
        )
        try:
            assert process.stdout is not None
            for line in process.stdout:
                event: Event = json.loads(line)
                doing, last = _doing(event, doing), event["event"]
                yield event
            if process.wait() != 0 or last != "result":
                yield {"event": "died", "doing": doing, "words": _tail(words)}
        finally:
            process.kill()
            process.wait()


def _doing(event: Event, before: str) -> str:
    match event["event"]:
        case "cell":
            return f"cell {event['number']} was running"
        case "checking":
            return f"{event['exercise']} was tried"
    return before


def _tail(words: IO[bytes]) -> str:
    """The last lines that the process wrote to stderr."""
    words.seek(0)
    lines = plain(words.read().decode(errors="replace"), 20_000).splitlines()
    return "\n".join("  " + line for line in lines[-8:])


def _stopped(event: Event) -> str:
    lines = [f"Cell {event['number']} stopped: {one_line(event['message'], 300)}"]
    lines += ["  " + line for line in plain(event["lines"], 1000).splitlines()]
    return "\n".join(lines) + "\n"


def _result(event: Event, everything: bool) -> str:
    """The card; one line for an exercise that is finished or not begun."""
    points = f"{event['exercise']}: {event['earned']:g} of {event['points']:g} points"
    if event["status"] == "unwritten":
        return f"{points}, not written yet"
    if event["status"] == "passed" and not everything:
        return f"{points}, every claim holds"
    return str(event["text"])


def _left(sheet: Sheet, path: Path, results: list[Event]) -> str:
    """The total, and the exercises that have points to win."""
    got = {result["exercise"]: result for result in results}
    earned = sum(result["earned"] for result in results)
    lines = [f"{path.name}: {earned:g} of {_possible(sheet):g} points"]
    open_ = [n for n, e in sheet.checks.exercises.items() if _earned(got, n) < e.points]
    if open_:
        lines.append(f"Left: {', '.join(open_)}")
    if sheet.by_hand:
        lines.append(f"Read by a person: {', '.join(sheet.by_hand)}")
    return "\n".join(lines)


def _earned(got: dict[str, Event], name: str) -> float:
    return float(got[name]["earned"]) if name in got else 0.0


def _possible(sheet: Sheet) -> float:
    return sum(exercise.points for exercise in sheet.checks.exercises.values())


__all__ = ["UnusableError", "check_notebook"]
