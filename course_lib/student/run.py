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

import contextlib
import functools
import json
import linecache
import os
import secrets
import signal
import sys
import traceback
import types
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any

from course_lib.calls.answer import Answer, Call
from course_lib.calls.text import one_line
from course_lib.checks import card, load
from course_lib.checks.dependencies import choose
from course_lib.checks.judging import Plan
from course_lib.student.notebook import tried
from course_lib.student.runner import READY
from course_lib.student.sheet import Sheet, SheetCell, parse, read

CELL_SECONDS = 20.0  # what the grader allows
CALL_SECONDS = 15.0  # what the grader allows a first call, which may trace and compile


class OutOfTimeError(BaseException):
    """Not an Exception, so that `except Exception` in a cell does not swallow it."""


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
    """Run a notebook's cells, and try its exercises but for the `known` ones."""
    chosen = choose(sheet.cells, set(sheet.checks.exercises))
    module = _notebook_module()
    stopped: dict[str, str] = {}
    for cell in chosen.run:
        say("cell", cell=cell.title, number=cell.number, of=len(sheet.cells))
        problem = run_cell(cell, module.__dict__)
        if problem is not None and problem["function"] not in sheet.checks.exercises:
            # (what stops inside an exercise is said by its card)
            stopped[cell.grade_id] = problem["message"]
            say("stopped", cell=cell.title, **problem)
    for name in sheet.checks.exercises:
        if name not in known:
            say("checking", exercise=name)
            plan = drawn(sheet.checks.assignment, name, seed)
            why = stopped.get(name, "")
            say("result", **result_of(sheet, name, module.__dict__, plan, why))
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


def run_cell(cell: SheetCell, namespace: dict[str, Any]) -> dict[str, str] | None:
    """Run one cell; None if it ended well, else what went wrong, where, and on which lines."""
    from course_lib.calls.perform import own_lines

    filename, source = f"<cell {cell.number}>", cell.python
    # linecache is where TensorFlow's AutoGraph and tracebacks find the source of a cell
    linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
    try:
        with limited(CELL_SECONDS):
            exec(compile(source, filename, "exec"), namespace)
    except OutOfTimeError:
        message = f"it did not end within {CELL_SECONDS:.0f} seconds"
        return {"message": message, "function": "", "lines": ""}
    except SyntaxError as error:
        where = f"line {error.lineno}: {(error.text or '').strip()}"
        return {"message": f"{type(error).__name__}: {error.msg}", "function": "", "lines": where}
    except (KeyboardInterrupt, SystemExit, Exception) as error:
        message = "".join(traceback.format_exception_only(error)).strip()
        last = [frame.name for frame in traceback.extract_tb(error.__traceback__)][-1]
        return {"message": message, "function": last, "lines": own_lines(error.__traceback__)}
    return None


def result_of(
    sheet: Sheet, exercise: str, namespace: dict[str, Any], plan: Plan, stopped: str = ""
) -> dict[str, Any]:
    """One exercise: its points, a word on how it stands, and its card as text.

    stopped: why its cell did not end well, if it did not.
    """
    from course_lib.calls.perform import perform

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
    late: list[Call] = []
    no_answer = f"no answer within {CALL_SECONDS:.0f} seconds"

    def ask(calls: list[Call]) -> list[Answer]:
        return [one(call) for call in calls]

    def one(call: Call) -> Answer:
        if late:  # it would only be late again
            return Answer.failed("timeout", no_answer)
        with contextlib.suppress(OutOfTimeError), limited(CALL_SECONDS) as clock:
            answer = perform(namespace, call)
        if clock:
            late.append(call)
            return Answer.failed("timeout", no_answer)
        return answer

    result = tried(plan, exercise, ask)
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


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[list[str]]:
    """Raise OutOfTimeError in the block after `seconds`; what is yielded is then not empty.

    It is raised again each second, for code that catches everything. Without an alarm clock
    (Windows) there is no limit but Ctrl-C.
    """
    rang: list[str] = []
    if not hasattr(signal, "setitimer"):
        yield rang
        return

    def ring(_signal: int, _frame: types.FrameType | None) -> None:
        rang.append("late")
        raise OutOfTimeError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield rang
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


if __name__ == "__main__":
    main(sys.argv[1:])
