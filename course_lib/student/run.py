"""Runs a notebook's cells as the grader does and tries its claims; tells its parent as it goes.

    python -m course_lib.student.run FOLDER NN_topic SEED worksheet.ipynb

It imports TensorFlow and draws, says that it is ready, and reads what is `Wanted`. The cells run in
FOLDER, which is empty. Tests are not run, and demonstrations only where something graded needs
them. One JSON object a line says what happens now or what has come out:

    {"event": "cell", "number": 7, "of": 31, …}      {"event": "stopped", "cell": "the cell …", …}
    {"event": "followed", "cell": "the cell …", "count": 11}      (others that want what it defines)
    {"event": "checking", "exercise": "fit_line"}    {"event": "result", "exercise": "fit_line", …}
    {"event": "note", "text": "The cell that …"}     {"event": "end"}
    {"event": "alarm", "seconds": 6.0}, before what may take so long; with 0 after it
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import json
import os
import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from course_lib.claims.assignment import Assignment
from course_lib.claims.failures import NO_NAME
from course_lib.claims.sampling import Ask, SamplingPlan
from course_lib.feedback import card
from course_lib.feedback.results import ExerciseReport
from course_lib.kernel.modules import close, import_modules
from course_lib.limits import CELL_SECONDS, ERROR_LIMIT, MEMORY_BYTES, STRIKES
from course_lib.notebook import magics
from course_lib.notebook.dependencies import Names, choose, imported
from course_lib.notebook.instead import instead, no_programs, said
from course_lib.notebook.places import AT_THE_END, END, Places, changed_later
from course_lib.notebook.released_notebook import ReleasedNotebook
from course_lib.notebook.submission import SubmittedCell
from course_lib.protocol.questions import Answer
from course_lib.student.check import plan_of, tried
from course_lib.student.problem import Problem, out_of_time
from course_lib.student.sandbox_rules import SandboxRules
from course_lib.student.student_notebook import StudentNotebook, load_beside, parse
from course_lib.student.timeouts import Clock, patient
from course_lib.text import one_line


def main(arguments: list[str]) -> None:
    """Run a notebook; `sys.stdout` is for events alone from here on."""
    say = Events(os.fdopen(os.dup(1), "w", encoding="utf-8"))
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)  # what a notebook prints is for the notebook
    workplace, name, seed, path = Path(arguments[0]), arguments[1], int(arguments[2]), arguments[3]
    assignment = load_beside(name, Path(path))
    _import_for(assignment)
    for exercise in assignment.exercises:
        drawn(assignment, exercise, seed)
    say("ready")
    line = sys.stdin.readline()
    if not line:  # nobody wants anything any more
        return
    wanted = Wanted(**json.loads(line))
    os.dup2(nowhere, 0)  # nobody answers what a cell asks
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for good
    notebook = parse(wanted.notebook.encode("utf-8", "surrogateescape"), Path(path))
    Run(notebook, say, seed, Path(path).parent, workplace).all(wanted)


def _import_for(assignment: Assignment) -> None:
    """Import what the released notebook imports, as the grader has: no cell's time is used up."""
    names: Iterable[str] = assignment.imports or ()
    if assignment.imports is None and assignment.released is not None:
        text, stem = assignment.released.read_text("utf-8"), assignment.released.stem
        cells = ReleasedNotebook.parse(text, assignment.name, stem).cells
        names = [name for cell in cells if cell.may_run for name in imported(cell.source)]
    import_modules(name for name in names if not assignment.is_closed(name))
    close(assignment.closed)


@dataclass(frozen=True)
class Wanted:
    """What is to be run.

    notebook: its text. known: exercises to try only if all others are right. done: those with a
    result; `right` are those with every point. crashed: ids of cells and names of exercises that
    have ended an earlier process; late: those that it was ended for, since they did not end.
    """

    notebook: str
    known: Collection[str] = ()
    done: Collection[str] = ()
    right: Collection[str] = ()
    crashed: Collection[str] = ()
    late: Collection[str] = ()


class Run:
    """One notebook: its cells, in a shell and in a folder of their own, and its exercises."""

    def __init__(
        self, notebook: StudentNotebook, say: Events, seed: int, folder: Path, workplace: Path
    ) -> None:
        from course_lib.kernel.shell import build_shell

        self._notebook, self._say, self._seed, self._clock = notebook, say, seed, Clock()
        os.chdir(workplace)
        for name, text in notebook.submission.modules.items():
            Path(name).write_text(text, "utf-8")
        self._shell = build_shell()
        self._shell.keeps_descriptors = True
        self._rules = SandboxRules(folder, workplace)
        self._stopped: dict[str, str] = {}
        self._endless: set[str] = set()
        self._lost: dict[str, str] = {}  # names that a cell which stopped did not make, and it
        self._followed: dict[str, int] = {}
        _bound_memory()

    def all(self, wanted: Wanted) -> None:
        """Run the cells, and try each exercise where its test cell stands, as grading does.

        The `known` ones are tried only if all others are right. So what is not finished is answered
        soon, and the last word is on all of it, as it stands now.
        """
        notebook = self._notebook
        places = Places(notebook.cells)
        last = {name for name in wanted.known if not places.later(name)}
        names = sorted(notebook.assignment.exercises, key=lambda n: (n in last, places.of(n)))
        chosen = choose(notebook.cells, set(notebook.assignment.exercises))
        due, wrong, again = list(chosen.run), list[str](), dict[str, ExerciseReport]()
        for text in (*notebook.submission.notices, *no_programs(chosen.run)):
            self._say("note", text=text)
        for name in names:
            if name in last and wrong:
                break
            self._cells_before(places.of(name), due, wanted)
            if name in wanted.done:
                wrong += [name] if name not in wanted.right else []
                continue
            result = self._exercise(name, notebook.prerequisites.exercises(name, wrong), wanted)
            if result["earned"] < result["points"]:
                wrong.append(name)
                if places.later(name):
                    again[name] = result
                    continue
            self._say("result", **self._shown(name, result))
        self._cells_before(END, due, wanted)
        for title, count in self._followed.items():
            self._say("followed", cell=title, count=count)
        for name, result in again.items():
            at_end = self._exercise(name, (), wanted)
            better = at_end["earned"] > result["earned"]
            result = at_end if better else result
            note = AT_THE_END if better else changed_later(places.later(name))
            result["message"] = "\n".join(filter(None, (result.get("message"), note)))
            self._say("result", **self._shown(name, result))
        self._say("end")

    def _cells_before(self, place: float, due: list[SubmittedCell], wanted: Wanted) -> None:
        """Run the cells that are `due` up to a place, and take them from the list."""
        while due and due[0].number < place:
            cell, of = due.pop(0), len(self._notebook.cells)
            self._say("cell", cell=cell.title, id=cell.id, number=cell.number, of=of)
            if cell.id not in wanted.crashed:
                self._cell(cell, cell.id in wanted.late)
            elif cell.released:
                self._run(cell.released)

    def _cell(self, cell: SubmittedCell, late: bool) -> None:
        """Run one cell; a given one that was edited and stops is run as it was released, too.

        late: it did not end in an earlier process.
        """
        problem = out_of_time(CELL_SECONDS) if late else self._run(cell.source)
        if problem is None:
            return
        if cell.released:
            self._say("note", text=said(cell, problem.message))
            self._run(instead(cell.source, cell.released))
        elif not self._said_by_a_card(problem):
            self._stopped[cell.grade_id or ""] = problem.message
            self._tell(cell, problem)
        if problem.late and cell.role == "given":
            self._endless |= Names.of(cell.source).reads

    def _tell(self, cell: SubmittedCell, problem: Problem) -> None:
        """Say that a cell stopped; of those that only follow an earlier one, say how many."""
        wanted = NO_NAME.search(problem.message)
        first = self._lost.get(wanted[1]) if wanted is not None else None
        made = Names.of(cell.source).binds - self._shell.user_ns.keys()
        self._lost |= dict.fromkeys(made, first or cell.title)
        if first is None:
            self._say("stopped", cell=cell.title, message=problem.message, lines=problem.lines)
        else:
            self._followed[first] = self._followed.get(first, 0) + 1

    def _run(self, source: str) -> Problem | None:
        """Run a cell's text; None if it ended well."""
        with self._rules:
            seconds = self._clock.at_most(CELL_SECONDS)
            if not seconds:
                return out_of_time(0.0)
            self._say("alarm", seconds=seconds)
            status, _ = self._shell.run(magics.python(source), seconds)
            self._say("alarm", seconds=0)
        error = self._shell.stopped
        if status == "timeout":
            return out_of_time(seconds, error)
        return None if error is None else Problem.of(error)

    def _alarm(self, seconds: float) -> None:
        self._say("alarm", seconds=seconds)

    def _said_by_a_card(self, problem: Problem) -> bool:
        """Whether it stopped inside an exercise, or for want of one: that one's card says so."""
        exercises = self._notebook.assignment.exercises.keys()
        wanted = NO_NAME.match(problem.message)
        missing = wanted is not None and wanted[1] in exercises - self._shell.user_ns.keys()
        return missing or not exercises.isdisjoint(problem.inside)

    def _exercise(self, name: str, first: Sequence[str], wanted: Wanted) -> ExerciseReport:
        """What comes of one exercise, with the cells that have run so far.

        first: exercises that it is built on and that are not right.
        """
        self._say("checking", exercise=name)
        points = self._notebook.assignment.exercises[name].points
        if self._notebook.unwritten(name):
            return ExerciseReport(
                exercise=name, earned=0.0, points=points, status="missing", claims=[]
            )
        plan = drawn(self._notebook.assignment, name, self._seed)
        strikes = STRIKES - (name in self._endless)
        ask = patient(self._shell.user_ns, self._clock, strikes, self._rules, self._alarm)
        if name in (*wanted.crashed, *wanted.late):
            ask = _failing("timeout" if name in wanted.late else "crashed")
        code = self._notebook.prerequisites.code(name)
        result = tried(plan, name, ask, first, code)
        if name in self._stopped and result["status"] == "missing":
            why = one_line(self._stopped[name], ERROR_LIMIT)
            result["message"] = f"This cell stopped with {why}, so there is no function to try."
        return result

    def _shown(self, name: str, result: ExerciseReport) -> dict[str, Any]:
        """An exercise's points, a word on how it stands, and its card as text."""
        unwritten = self._notebook.unwritten(name)
        return {
            "exercise": name,
            "earned": result["earned"],
            "points": result["points"],
            "status": "unwritten" if unwritten else result["status"],
            "holds": sum(claim["passed"] for claim in result["claims"]),
            "claims": len(self._notebook.assignment.exercises[name].claims),
            "text": "" if unwritten else card.text(result),
        }


@functools.cache
def drawn(assignment: Assignment, name: str, seed: int) -> SamplingPlan:
    """The inputs on which an exercise is tried."""
    return plan_of(assignment, name, seed)


class Events:
    """Writes one JSON object a line, at once."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def __call__(self, event: str, **body: Any) -> None:
        """Say that `event` happened."""
        print(json.dumps({"event": event, **body}), file=self._stream, flush=True)


def _failing(how: str) -> Ask:
    """What asks a function that has ended its process, or never ended itself."""
    why = "the process ended before it answered" if how == "crashed" else "no answer in its time"
    return lambda questions: [Answer.failed(how, why) for _ in questions]


def _bound_memory() -> None:
    """Ask for no more memory than grading gives, where the system can be told (Linux)."""
    statm = Path("/proc/self/statm")
    with contextlib.suppress(ImportError, OSError, ValueError):
        resource = importlib.import_module("resource")
        most = int(statm.read_text().split()[0]) * resource.getpagesize() + MEMORY_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
