"""One submission's process, which is started again when the submission ends it.

session = Session(fork_server, cells, limits)
answers = session.ask(questions, strikes=[], place=12)      # when the cells before 12 have run
session.close()
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Mapping

from course_lib.claims.stopwatch import Stopwatch
from course_lib.deadline import WaitingAllowance
from course_lib.grading.fork_server import ForkServer
from course_lib.grading.student_process import CellReport, StudentProcess
from course_lib.grading.submission import outputs
from course_lib.grading.time_limits import TimeLimits
from course_lib.limits import PATIENCE, STRIKES
from course_lib.notebook import magics
from course_lib.notebook.cell import Cell
from course_lib.notebook.dependencies import Names
from course_lib.notebook.instead import instead
from course_lib.notebook.places import END
from course_lib.notebook.submission import SubmittedCell
from course_lib.protocol.questions import Answer, Question

RESTARTS = 12  # times that one submission's cells are run again, all in all
FATAL = ("timeout", "crashed", "garbled")


class Session:
    """One submission's process, in which its cells are run as far as they are needed.

    A process that ends is replaced by a new one, up to RESTARTS times and until the time for the
    whole notebook is used up. The cell that ended it is left out the next time.

    Attributes: death_reason, why there is no process; reports, of the cells by their ids;
    cpu_seconds, of all its processes that were closed.
    """

    def __init__(
        self,
        fork_server: ForkServer,
        cells: tuple[Cell, ...],
        budget: TimeLimits,
        clock: Stopwatch | None = None,
        modules: Mapping[str, str] | None = None,
    ) -> None:
        self._fork_server, self._cells, self._budget = fork_server, cells, budget
        self._end = time.monotonic() + PATIENCE * budget.notebook
        self._modules = modules or {}
        self._clock = clock or Stopwatch()
        self._process: StudentProcess | None = None
        self._place = -1.0  # the cells with smaller numbers have run in the process
        self._left_out: set[str] = set()
        self._endless: set[str] = set()
        self._starts = 0
        self._shown = outputs.OutputAllowance()
        self._waiting = WaitingAllowance(budget.waiting)
        self.death_reason = "crashed"
        self.reports: dict[str, CellReport] = {}
        self.layers: tuple[str, ...] = ()
        self.cpu_seconds = 0.0

    def process(self, place: float = END) -> StudentProcess | None:
        """A process in which the cells before `place` have run; None when no other may be started.

        place: a cell's number. Where a cell behind it has run already, another process is started.
        """
        if any(place <= cell.number < self._place for cell in self._cells):
            self.close()
            self._starts -= 1  # it had not ended
        while True:
            if (self._process is None or not self._process.alive) and not self._start():
                return None
            assert self._process is not None
            if place > self._place:
                with self._clock.stage("cells"):
                    self._run_cells(self._process, place)
            if self._process.alive:
                return self._process

    def spent(self) -> float:
        """CPU seconds that all its processes have used until now."""
        return self.cpu_seconds + (self._process.spent() if self._process is not None else 0.0)

    def _start(self) -> bool:
        """Start a process in which no cell has run; False when none may be started."""
        self.close()
        late = time.monotonic() >= self._end or self._waiting.over()
        left = self._budget.notebook - self.cpu_seconds
        if late or left <= 0:
            self.death_reason = "timeout"
        if late or left <= 0 or self._starts > RESTARTS:
            return False
        self._starts += 1
        with self._clock.stage("fork, sandbox"):
            self._process = self._fork_server.spawn(
                budget=dataclasses.replace(self._budget, notebook=left),
                shown=self._shown,
                waiting=self._waiting,
            )
        self.layers = self._process.layers or self.layers
        self._place = -1.0
        return True

    def _run_cells(self, process: StudentProcess, place: float) -> None:
        if self._place < 0:
            process.run((name, magics.writing(name, text)) for name, text in self._modules.items())
        due = [cell for cell in self._cells if self._place <= cell.number < place]
        self._place = place
        reports = [ran for cell in due for ran in self._run(process, cell)]
        self.reports |= {ran.id: ran for ran in reports}
        # An instructor's cell that reached its time limit called something that does not end: it
        # would reach the limit again.
        late = {ran.id for ran in reports if ran.status == "timeout"}
        given = [c for c in due if c.id in late and c.role == "given"]
        self._left_out |= {cell.id for cell in given}
        self._endless |= {name for cell in given for name in Names.of(cell.code).reads}
        if not process.alive:
            self.death_reason = process.death_reason
            ended = process.last_cell
            if ended and ended not in self._left_out:
                self._left_out.add(ended)
            else:  # what is run in its place ends it, too
                self._starts = RESTARTS + 1

    def _run(self, process: StudentProcess, cell: Cell) -> list[CellReport]:
        """Run one cell. What is said of it is how it went as it was handed in."""
        released = cell.released if isinstance(cell, SubmittedCell) else ""
        if cell.id in self._left_out:
            if released:
                process.run([(cell.id, magics.python(released))])
            return []
        reports = process.run([(cell.id, magics.python(cell.code))])
        if released and process.alive and reports and reports[-1].status != "ok":
            process.run([(cell.id, instead(cell.source, released))])
        return reports

    def ask(
        self, questions: list[Question], strikes: list[Answer], place: float = END
    ) -> list[Answer]:
        """One answer per question, given at `place`; all questions are about one function.

        An answer that ended the process is appended to `strikes`. A question whose answer was late
        for the first time is put once more, to a new process. After STRIKES strikes no more
        questions are sent, and the last strike is the answer to all: which of them were answered
        before depends on their order. A function that did not return when an instructor's cell
        called it has one strike already.
        """
        answers: list[Answer] = []
        first = not strikes
        while len(answers) < len(questions):
            most = STRIKES - (questions[0].function in self._endless)
            process = self.process(place) if len(strikes) < most else None
            if first and len(strikes) >= most > 0:
                return [strikes[-1]] * len(questions)
            if process is None:
                failed = strikes[-1] if strikes else silence(self.death_reason)
                return answers + [failed] * (len(questions) - len(answers))
            with self._clock.stage("calls"):
                got = process.ask(questions[len(answers) :])
            fatal = next((i for i, a in enumerate(got) if a.error and a.error.kind in FATAL), None)
            if fatal is None:
                return answers + got
            strikes.append(got[fatal])
            once_more = _is_late(got[fatal]) and len(strikes) == 1
            answers += got[: fatal if once_more else fatal + 1]
        return answers

    def close(self) -> None:
        """End the process; add what it used."""
        if self._process is not None:
            with self._clock.stage("end"):
                self.cpu_seconds += self._process.close().cpu_seconds
            self._process = None


def _is_late(answer: Answer) -> bool:
    return answer.error is not None and answer.error.kind == "timeout"


def silence(death_reason: str) -> Answer:
    """The answer to a question that is not sent, since there is no process any more."""
    if death_reason == "timeout":
        used_up = "no answer: an earlier call or cell used up all the time there was"
        return Answer.failed("timeout", used_up)
    return Answer.failed(
        "crashed", "the process had ended before: an earlier call or cell ended it"
    )
