"""`course check worksheet.ipynb`: each exercise's card in the terminal, a total, what is left.

check_notebook(Path("worksheet.ipynb"))      # 0: nothing left, 1: something is, else raises
"""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from course_lib.limits import ERROR_LIMIT
from course_lib.student import session
from course_lib.student.runner import Event, Runner
from course_lib.student.student_notebook import StudentNotebook, read
from course_lib.student.waiting import Waiting
from course_lib.text import in_points, one_line, plain


def check_notebook(path: Path, everything: bool = False) -> int:
    """Run and check the notebook, print what comes of it; 0 if every point is earned, else 1.

    everything: show the claims of finished exercises too. Raises UnusableError.
    """
    notebook = read(path)
    if notebook.untouched:
        click.echo(_untouched(notebook, path))
        return 1
    results: list[Event] = []
    notes: list[str] = []
    seed = secrets.randbits(31)
    with Waiting() as waiting, Runner(notebook.assignment.name, seed, path) as runner:
        waiting.at("importing what the notebook imports")
        runner.tell(path.read_bytes())
        for event in runner.events():
            match event["event"]:
                case "cell" | "checking":
                    waiting.at(busy(event))
                case "tick":
                    waiting.tick()
                case "stopped":
                    waiting.echo(stopped(event) + "\n")
                case "followed":
                    waiting.echo(followed(event) + "\n")
                case "note" if event["text"] not in notes:
                    notes.append(event["text"])
                case "result":
                    results.append(event)
                    waiting.echo(_result(event, everything))
                case "died":
                    waiting.echo(died(event))
        waiting.echo("\n".join(["", *notes, _left(notebook, path, results)]))
    earned = sum(result["earned"] for result in results)
    return 0 if earned >= notebook.possible else 1


def _untouched(notebook: StudentNotebook, path: Path) -> str:
    """What is said of a notebook in which nothing is written yet."""
    lines = [
        f"{name}: 0 of {in_points(exercise.points)}, not written yet"
        for name, exercise in notebook.assignment.exercises.items()
    ]
    first = next(iter(notebook.assignment.exercises))
    return "\n".join([*lines, "", _left(notebook, path, []), f"Next: write the cell of {first}."])


def busy(event: Event) -> str:
    """What the notebook's process is at."""
    if event["event"] == "cell":
        return f"running cell {event['number']} of {event['of']}"
    return f"trying {event['exercise']}"


def stopped(event: Event) -> str:
    """Which cell did not end well, why, and on which of its lines."""
    title = str(event["cell"])
    lines = [f"{title[:1].upper()}{title[1:]} stopped: {one_line(event['message'], ERROR_LIMIT)}"]
    lines += ["  " + line for line in plain(event["lines"], 1000).splitlines()]
    return "\n".join(lines)


def followed(event: Event) -> str:
    """How many other cells stopped for want of what one cell was to define."""
    more = "1 more cell depends" if event["count"] == 1 else f"{event['count']} more cells depend"
    return f"{more} on {event['cell']}."


def died(event: Event) -> str:
    """That the notebook's process ended, what it was at, its last words."""
    ended = f"The notebook's process ended while {event['doing']}."
    return "\n".join(filter(None, [ended, event["words"]]))


def _result(event: Event, everything: bool) -> str:
    """The card; one line for an exercise that is finished or not begun."""
    points = f"{event['exercise']}: {event['earned']:g} of {in_points(event['points'])}"
    if event["status"] == "unwritten":
        return f"{points}, not written yet"
    if event["status"] == "passed" and not everything:
        return f"{points}, every claim holds"
    return str(event["text"])


def _left(notebook: StudentNotebook, path: Path, results: list[Event]) -> str:
    """The total, and the exercises that have points to win."""
    got = {result["exercise"]: result for result in results}
    earned = sum(result["earned"] for result in results)
    total = f"{path.name}: {earned:g} of {in_points(notebook.possible)}"
    lines = [f"{total}  {session.bar(notebook.possible, earned)}"]
    open_ = [n for n, e in notebook.assignment.exercises.items() if _earned(got, n) < e.points]
    if open_:
        lines.append(f"Left: {', '.join(open_)}")
    if notebook.by_hand:
        lines.append(f"Read by a person: {', '.join(notebook.by_hand)}")
    lines.append(f"Receipt: {session.receipt(notebook.assignment, got, path)}")
    return "\n".join(lines)


def _earned(got: dict[str, Event], name: str) -> float:
    return float(got[name]["earned"]) if name in got else 0.0
