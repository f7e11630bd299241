"""`course check worksheet.ipynb`: each exercise's card in the terminal, a total, what is left.

check_notebook(Path("worksheet.ipynb"))      # 0: nothing left, 1: something is, else raises
"""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from course_lib.calls.text import one_line, plain
from course_lib.student.runner import Event, Runner
from course_lib.student.sheet import Sheet, read


def check_notebook(path: Path, everything: bool = False) -> int:
    """Run and check the notebook, print what comes of it; 0 if every point is earned, else 1.

    everything: show the claims of finished exercises too. Raises UnusableError.
    """
    sheet = read(path)
    results: list[Event] = []
    waiting = Console(stderr=True).status("importing TensorFlow …")
    with waiting as status, Runner(str(path)) as runner:
        for event in runner.events():
            match event["event"]:
                case "cell" | "checking":
                    status.update(busy(event))
                case "stopped":
                    click.echo(stopped(event) + "\n")
                case "result":
                    results.append(event)
                    click.echo(_result(event, everything))
                case "died":
                    click.echo(died(event))
    click.echo()
    click.echo(_left(sheet, path, results))
    earned = sum(result["earned"] for result in results)
    return 0 if earned >= sheet.possible else 1


def busy(event: Event) -> str:
    """What the notebook's process is at."""
    if event["event"] == "cell":
        return f"running cell {event['number']} of {event['of']} …"
    return f"trying {event['exercise']} …"


def stopped(event: Event) -> str:
    """Which cell did not end well, why, and on which of its lines."""
    title = str(event["cell"])
    lines = [f"{title[:1].upper()}{title[1:]} stopped: {one_line(event['message'], 300)}"]
    lines += ["  " + line for line in plain(event["lines"], 1000).splitlines()]
    return "\n".join(lines)


def died(event: Event) -> str:
    """That the notebook's process ended, what it was at, its last words."""
    ended = f"The notebook's process ended while {event['doing']}."
    return "\n".join(filter(None, [ended, event["words"]]))


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
    lines = [f"{path.name}: {earned:g} of {sheet.possible:g} points"]
    open_ = [n for n, e in sheet.checks.exercises.items() if _earned(got, n) < e.points]
    if open_:
        lines.append(f"Left: {', '.join(open_)}")
    if sheet.by_hand:
        lines.append(f"Read by a person: {', '.join(sheet.by_hand)}")
    return "\n".join(lines)


def _earned(got: dict[str, Event], name: str) -> float:
    return float(got[name]["earned"]) if name in got else 0.0
