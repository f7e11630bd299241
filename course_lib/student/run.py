"""Runs a notebook's cells in plain Python and tries its claims; tells its parent as it goes.

    python -m course_lib.student.run worksheet.ipynb       # one JSON object a line

It needs no Jupyter. Cells are run as the grader runs them: tests are not, and demonstrations only
where something graded needs them. Each line says what happens now or what has come out:

    {"event": "cell", "number": 7, "of": 31, …}      {"event": "stopped", "cell": "the cell …", …}
    {"event": "checking", "exercise": "fit_line"}    {"event": "result", "exercise": "fit_line", …}

With `--ready 00_worksheet SEED` it imports TensorFlow and draws beforehand, says that it is ready,
and reads what to check: {"notebook": its text, "path": where it lies, "known": ["fit_line"]}.
"""

from __future__ import annotations

import functools
import json
import linecache
import os
import secrets
import sys
import traceback
import types
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from course_lib.calls.text import one_line
from course_lib.checks import card, load
from course_lib.checks.dependencies import choose
from course_lib.checks.judging import Plan
from course_lib.checks.wrong import NO_NAME
from course_lib.student.notebook import tried
from course_lib.student.patience import OutOfTimeError, limited, patient
from course_lib.student.runner import READY
from course_lib.student.sheet import Sheet, SheetCell, parse, read

CELL_SECONDS = 20.0  # what the grader allows


def main(arguments: list[str]) -> None:
    """Run a notebook; `sys.stdout` is for events alone from here on."""
    say = Events(os.fdopen(os.dup(1), "w", encoding="utf-8"))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # what a notebook prints is for the notebook
    if arguments[0] != READY:
        check(read(Path(arguments[0])), say, secrets.randbits(31))
        return
    assignment, seed = arguments[1], int(arguments[2])
    for name in load(assignment).exercises:
        drawn(assignment, name, seed)
    say("ready")
    wanted = json.loads(sys.stdin.readline() or "null")
    if wanted is not None:  # else nobody wants anything any more
        check(parse(wanted["notebook"], Path(wanted["path"])), say, seed, wanted["known"])


def check(sheet: Sheet, say: Events, seed: int, known: Collection[str] = ()) -> None:
    """Run a notebook's cells, and try its exercises; the `known` ones only if all others are right.

    So what is not finished is answered soon, and the last word is on all of it, as it stands now.
    """
    chosen = choose(sheet.cells, set(sheet.checks.exercises))
    module = _notebook_module()
    stopped: dict[str, str] = {}
    for cell in chosen.run:
        say("cell", cell=cell.title, number=cell.number, of=len(sheet.cells))
        problem = run_cell(cell, module.__dict__)
        if problem is not None and not _said_by_a_card(problem, sheet, module.__dict__):
            stopped[cell.grade_id] = problem.message
            say("stopped", cell=cell.title, message=problem.message, lines=problem.lines)
    wrong: list[str] = []
    for name in sorted(sheet.checks.exercises, key=lambda name: name in known):
        if name in known and wrong:
            break
        say("checking", exercise=name)
        plan = drawn(sheet.checks.assignment, name, seed)
        first = sheet.foundations.exercises(name, wrong)
        result = result_of(sheet, name, module.__dict__, plan, stopped.get(name, ""), first)
        wrong += [name] if result["earned"] < result["points"] else []
        say("result", **result)
    say("end")


@functools.cache
def drawn(assignment: str, name: str, seed: int) -> Plan:
    """The inputs on which an exercise is tried."""
    return Plan.draw(load(assignment), seed, only=(name,))


class Events:
    """Writes one JSON object a line, at once."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def __call__(self, event: str, **body: Any) -> None:
        """Say that `event` happened."""
        print(json.dumps({"event": event, **body}), file=self._stream, flush=True)


def _notebook_module() -> types.ModuleType:
    """The module that the notebook's cells think they are, as in a kernel."""
    module = types.ModuleType("__main__")
    module.__dict__["display"] = lambda *_shown, **_how: None  # Jupyter has it built in
    sys.modules["__main__"] = module
    return module


@dataclass(frozen=True)
class Problem:
    """Why a cell did not end well, on which of its author's lines, and in which functions."""

    message: str
    lines: str = ""
    inside: tuple[str, ...] = ()


def _said_by_a_card(problem: Problem, sheet: Sheet, namespace: dict[str, Any]) -> bool:
    """Whether it stopped inside an exercise, or for want of one: that exercise's card says so."""
    exercises = sheet.checks.exercises.keys()
    wanted = NO_NAME.match(problem.message)
    missing = wanted is not None and wanted[1] in exercises - namespace.keys()
    return missing or not exercises.isdisjoint(problem.inside)


def run_cell(cell: SheetCell, namespace: dict[str, Any]) -> Problem | None:
    """Run one cell; None if it ended well."""
    from course_lib.calls.perform import own_lines

    filename, source = f"<cell {cell.number}>", cell.python
    # linecache is where TensorFlow's AutoGraph and tracebacks find the source of a cell
    linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
    try:
        with limited(CELL_SECONDS):
            exec(compile(source, filename, "exec"), namespace)
    except OutOfTimeError as error:
        late = f"is there a loop that does not end? It took more than {CELL_SECONDS:.0f} seconds"
        return Problem(late, inside=_inside(error))
    except SyntaxError as error:
        where = f"line {error.lineno}: {(error.text or '').strip()}"
        return Problem(f"{type(error).__name__}: {error.msg}", where)
    except (KeyboardInterrupt, SystemExit, Exception) as error:
        message = "".join(traceback.format_exception_only(error)).strip()
        return Problem(message, own_lines(error.__traceback__), _inside(error))
    return None


def _inside(error: BaseException) -> tuple[str, ...]:
    return tuple(frame.f_code.co_name for frame, _ in traceback.walk_tb(error.__traceback__))


def result_of(
    sheet: Sheet,
    exercise: str,
    namespace: dict[str, Any],
    plan: Plan,
    stopped: str = "",
    first: Sequence[str] = (),
) -> dict[str, Any]:
    """One exercise: its points, a word on how it stands, and its card as text.

    stopped: why its cell did not end well, if it did not. first: exercises that it is built on and
    that are not right.
    """
    points = sheet.checks.exercises[exercise].points
    if sheet.unwritten(exercise):
        return {
            "exercise": exercise,
            "earned": 0.0,
            "points": points,
            "status": "unwritten",
            "holds": 0,
            "claims": len(sheet.checks.exercises[exercise].claims),
            "text": "",
        }
    result = tried(plan, exercise, patient(namespace), first)
    if stopped and result["status"] == "missing":
        result["message"] = (
            f"This cell stopped with {one_line(stopped, 300)}, so there is no function to try."
        )
    return {
        "exercise": exercise,
        "earned": result["earned"],
        "points": points,
        "status": result["status"],
        "holds": sum(claim["passed"] for claim in result["claims"]),
        "claims": len(result["claims"]),
        "text": card.text(result),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
