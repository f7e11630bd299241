"""Runs one submission, judges every exercise, makes the verdict.

    with Warm() as warm:
        verdict = Verifier(plan, warm).grade(submission)

The verifier has NumPy, hypothesis and the reference; it has no TensorFlow and none of a student's
objects. Whatever a submission's process does, `grade` returns a verdict.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Collection
from dataclasses import dataclass, field

from course_lib.calls.answer import Answer, Call
from course_lib.calls.text import one_line
from course_lib.checks.claims import Exercise
from course_lib.checks.dependencies import Chosen, Names, choose
from course_lib.checks.diagnosis import Diagnosis, diagnose
from course_lib.checks.explain import report, report_untried
from course_lib.checks.foundations import Foundations
from course_lib.checks.judging import SHRINKING, Plan, Result, judge
from course_lib.checks.stopwatch import Stopwatch
from course_lib.checks.wrong import NO_NAME, CallFailed
from course_lib.grading import outputs
from course_lib.grading import verdict as verdicts
from course_lib.grading.budget import Budget
from course_lib.grading.cells import Cell, Submission
from course_lib.grading.process import CellReport, StudentProcess, Warm
from course_lib.grading.verdict import CellResult, CheckResult, Verdict

STRIKES = 2  # times that one exercise may end its process; then its other calls count as failed
RESTARTS = 12  # times that one submission's cells are run again, all in all
FATAL = ("timeout", "crashed", "garbled")


class Session:
    """One submission's process, started again where the submission ended it."""

    def __init__(
        self,
        warm: Warm,
        cells: tuple[Cell, ...],
        budget: Budget,
        end: float,
        clock: Stopwatch | None = None,
    ) -> None:
        self._warm, self._cells, self._budget, self._end = warm, cells, budget, end
        self._clock = clock or Stopwatch()
        self._process: StudentProcess | None = None
        self._poison: set[str] = set()
        self._endless: set[str] = set()
        self._starts = 0
        self._shown = outputs.Budget()
        self.fate = "crashed"
        self.reports: dict[str, CellReport] = {}
        self.layers: tuple[str, ...] = ()
        self.cpu_seconds = 0.0

    def process(self) -> StudentProcess | None:
        """A living process in which the cells have run; None when it may not start again."""
        while self._process is None or not self._process.alive:
            self.close()
            left = self._end - time.monotonic()
            if left <= 0:
                self.fate = "timeout"
                return None
            if self._starts > RESTARTS:
                return None
            self._starts += 1
            with self._clock.stage("fork and jail"):
                self._process = self._warm.spawn(
                    budget=dataclasses.replace(self._budget, notebook=left), shown=self._shown
                )
            self.layers = self._process.layers or self.layers
            with self._clock.stage("cells"):
                self._run_cells(self._process)
        return self._process

    def _run_cells(self, process: StudentProcess) -> None:
        cells = [(cell.id, cell.source) for cell in self._cells if cell.id not in self._poison]
        reports = process.run(cells)
        self.reports |= {ran.id: ran for ran in reports}
        # The instructor's own cell, which called something endless, ends no sooner the next time.
        late = {ran.id for ran in reports if ran.status == "timeout"}
        given = [c for c in self._cells if c.id in late and c.role == "given"]
        self._poison |= {cell.id for cell in given}
        self._endless |= {name for cell in given for name in Names.of(cell.source).reads}
        if not process.alive:
            self.fate = process.fate
            if reports:  # the cell that ended the process is left out of the next try
                self._poison.add(reports[-1].id)
            else:
                self._starts = RESTARTS + 1

    def ask(self, calls: list[Call], strikes: list[Answer]) -> list[Answer]:
        """An answer to each call of one function; `strikes` collects those that ended the process.

        Once there are too many, the last of them stands for all calls that are not put any more:
        what struck is what its author has to know. A function that an instructor's own cell has
        waited for in vain has one fewer left.
        """
        answers: list[Answer] = []
        while len(answers) < len(calls):
            most = STRIKES - (calls[0].function in self._endless)
            process = self.process() if len(strikes) < most else None
            if process is None:
                failed = strikes[-1] if strikes else _silence(self.fate)
                return answers + [failed] * (len(calls) - len(answers))
            with self._clock.stage("calls"):
                got = process.ask(calls[len(answers) :])
            fatal = next((i for i, a in enumerate(got) if a.error and a.error.kind in FATAL), None)
            if fatal is None:
                return answers + got
            answers += got[: fatal + 1]
            strikes.append(got[fatal])
        return answers

    def close(self) -> None:
        """End the process; add what it used."""
        if self._process is not None:
            with self._clock.stage("end"):
                self.cpu_seconds += self._process.close().cpu_seconds
            self._process = None


def _silence(fate: str) -> Answer:
    if fate == "timeout":
        used_up = "no answer: an earlier call or cell used up all the time there was"
        return Answer.failed("timeout", used_up)
    return Answer.failed(
        "crashed", "the process had ended before: an earlier call or cell ended it"
    )


@dataclass
class Verifier:
    """Judges submissions by one cohort's plan.

    whole: run demonstrations too. shrinking: seconds for making failing inputs smaller.
    """

    plan: Plan
    warm: Warm
    budget: Budget = field(default_factory=Budget)
    whole: bool = False
    shrinking: float = SHRINKING

    def grade(self, submission: Submission, only: Collection[str] | None = None) -> Verdict:
        """The verdict on `submission`; never raises for what the submission does.

        only: the exercises to judge; all, unless they are given.
        """
        wall, cpu, clock = time.monotonic(), time.process_time(), Stopwatch()
        with clock.stage("judging"):
            chosen = self._chosen(submission)
            session, results, found = self._judged(submission, chosen, only, clock)
            if chosen.skipped and _misses(results, chosen):
                chosen = _everything(submission)
                used = session.cpu_seconds
                session, results, found = self._judged(submission, chosen, only, clock)
                session.cpu_seconds += used
            checks = [
                self._check(result, submission, session, diagnosis)
                for result, diagnosis in zip(results, found, strict=True)
            ]
        timings = {
            stage: [round(part, 4) for part in both] for stage, both in clock.seconds.items()
        }
        return Verdict(
            format=verdicts.FORMAT,
            assignment=submission.assignment,
            student=submission.student,
            notebook=submission.notebook,
            seed=self.plan.seed,
            isolation=list(session.layers or self.warm.layers),
            earned=round(sum(check["earned"] for check in checks), 6),
            possible=round(sum(check["points"] for check in checks), 6),
            cpu_seconds=round(session.cpu_seconds + time.process_time() - cpu, 4),
            wall_seconds=round(time.monotonic() - wall, 4),
            content_hash=submission.content_hash,
            status="graded" if submission.readable else "unreadable",
            checks=checks,
            notices=list(submission.notices),
            remarks=list(submission.remarks),
            cells=_cells(session, chosen),
            timings=timings | {"student": [0.0, round(session.cpu_seconds, 4)]},
        )

    def demonstrate(self, submission: Submission) -> dict[str, CellResult]:
        """What the demonstrations show that `grade` left alone, by cell.

        All cells are run once more, in a fresh process with a budget of its own; no point depends
        on it. A demonstration that did not end well is not among them.
        """
        skipped = {cell.id for cell in self._chosen(submission).skipped}
        if not skipped or not submission.readable:
            return {}
        chosen = _everything(submission)
        budget = self.budget.under_load()
        session = Session(self.warm, chosen.run, budget, time.monotonic() + budget.notebook)
        try:
            session.process()
        finally:
            session.close()
        shown = _cells(session, chosen)
        return {
            id_: cell for id_, cell in shown.items() if id_ in skipped and cell["status"] == "ok"
        }

    def _chosen(self, submission: Submission) -> Chosen[Cell]:
        if self.whole:
            return _everything(submission)
        return choose(submission.cells, set(self.plan.checks.exercises))

    def _judged(
        self,
        submission: Submission,
        chosen: Chosen[Cell],
        only: Collection[str] | None,
        clock: Stopwatch,
    ) -> tuple[Session, list[Result], list[Diagnosis]]:
        budget = self.budget.under_load()
        end = time.monotonic() + budget.notebook
        session = Session(self.warm, chosen.run, budget, end, clock)
        results: list[Result] = []
        built, wrong = Foundations(submission.cells), list[str]()
        try:
            if submission.readable:
                session.process()
            for exercise in self.plan.checks.exercises.values():
                if only is not None and exercise.name not in only:
                    continue
                # Its author mends first what it is built on: an input is made smaller for that.
                shrinking = 0.0 if built.exercises(exercise.name, wrong) else self.shrinking
                result = self._exercise(session, exercise, submission, shrinking, clock)
                results.append(result)
                if result.earned < exercise.points:
                    wrong.append(exercise.name)
            with clock.stage("diagnosis"):  # all are judged: no point hangs on what is asked now
                found = [
                    self._diagnosis(session, result, built.exercises(result.exercise.name, wrong))
                    if result.exercise.name in wrong
                    else Diagnosis()
                    for result in results
                ]
        finally:
            session.close()
        return session, results, found

    def _exercise(
        self,
        session: Session,
        exercise: Exercise,
        submission: Submission,
        shrinking: float,
        clock: Stopwatch,
    ) -> Result:
        strikes: list[Answer] = []

        def ask(calls: list[Call]) -> list[Answer]:
            if not submission.readable:
                return [Answer.failed("missing", "nothing was handed in to call")] * len(calls)
            return session.ask(calls, strikes)

        return judge(self.plan, exercise, ask, shrinking, clock)

    def _check(
        self, result: Result, submission: Submission, session: Session, diagnosis: Diagnosis
    ) -> CheckResult:
        check: CheckResult = report(self.plan, result, diagnosis)  # type: ignore[assignment]  # its shape
        if result.status in ("error", "missing"):
            cell = next((c for c in submission.cells if c.grade_id == result.exercise.name), None)
            if cell is not None and not cell.missing and not cell.changed:
                check = report_untried(self.plan, result)  # type: ignore[assignment]  # its shape
                check["message"] = "This cell is as it was released: nothing is written in it yet."
            elif result.status == "missing" and cell is not None:
                check["message"] = _stopped(session, cell) or check["message"]
        return check

    def _diagnosis(self, session: Session, result: Result, first: list[str]) -> Diagnosis:
        """What is asked about a failed exercise; one end of its process is then enough."""
        mistakes, known = self.plan.mistakes, None
        if mistakes is not None and result.status in ("failed", "error"):
            known = mistakes.known(self.plan.checks, result.exercise.name)
        strikes = [_silence("crashed")]
        return diagnose(result, known, lambda calls: session.ask(calls, strikes), first)


def _everything(submission: Submission) -> Chosen[Cell]:
    return Chosen(tuple(cell for cell in submission.cells if cell.may_run), ())


def _stopped(session: Session, cell: Cell) -> str:
    """Why a cell that was written in left no function, if it stopped before it had one."""
    shown = session.reports[cell.id].outputs if cell.id in session.reports else []
    for output in shown:
        if output.get("output_type") == "error":
            stop = one_line(f"{output.get('ename')}: {output.get('evalue')}", 300)
            return f"This cell stopped with {stop}, so there is no function {cell.grade_id} to try."
    return ""


def _misses(results: list[Result], chosen: Chosen[Cell]) -> bool:
    """Whether an exercise failed for want of a name that a skipped cell binds."""
    for result in results:
        for outcome in result.claims:
            wrong = outcome.failure.wrong if outcome.failure else None
            if isinstance(wrong, CallFailed):
                name = NO_NAME.search(wrong.error.message)
                if name is not None and name[1] in chosen.unbound:
                    return True
    return False


def _cells(session: Session, chosen: Chosen[Cell]) -> dict[str, CellResult]:
    cells: dict[str, CellResult] = {}
    for cell in chosen.skipped:
        cells[cell.id] = CellResult(status="skipped", outputs=[])
    for cell in chosen.run:
        report = session.reports.get(cell.id)
        if report is None:
            cells[cell.id] = CellResult(status="skipped", outputs=[])
        else:
            status = "error" if report.status == "crashed" else report.status
            cells[cell.id] = CellResult(
                status=status,  # type: ignore[typeddict-item]  # checked by StudentProcess
                outputs=report.outputs,
            )
    return cells
