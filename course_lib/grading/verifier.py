"""Runs one submission, judges every exercise, makes the verdict.

    with ForkServer(imports=plan.imports) as fork_server:
        verdict = Verifier(plan, fork_server).grade(submission)

The verifier imports NumPy, hypothesis and the assignment's truths. It imports no TensorFlow, and no
object of a student's reaches it. `grade` returns a verdict whatever a submission's process does.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass, field

from course_lib.claims.failures import NO_NAME, CallFailed
from course_lib.claims.judging import Result
from course_lib.claims.sampling import SamplingPlan
from course_lib.claims.stopwatch import Stopwatch
from course_lib.feedback.explain import report, report_untried, ungraded
from course_lib.feedback.results import ExerciseReport
from course_lib.grading import verdict as verdicts
from course_lib.grading.exercises import ExerciseJudge, Judged
from course_lib.grading.fork_server import ForkServer
from course_lib.grading.inside import tests_inside
from course_lib.grading.parts import joined, name_in
from course_lib.grading.session import Session
from course_lib.grading.time_limits import TimeLimits
from course_lib.grading.verdict import CellResult, Verdict
from course_lib.limits import ERROR_LIMIT
from course_lib.notebook.cell import Cell
from course_lib.notebook.dependencies import Chosen, choose
from course_lib.notebook.instead import no_programs, said
from course_lib.notebook.submission import Submission, SubmittedCell
from course_lib.text import one_line, without_file


@dataclass
class Verifier:
    """Judges submissions by one cohort's plan.

    whole: run demonstrations too. shrinking: whether failing inputs are made smaller.
    """

    plan: SamplingPlan
    fork_server: ForkServer
    budget: TimeLimits = field(default_factory=TimeLimits)
    whole: bool = False
    shrinking: bool = True

    def grade(self, submission: Submission, only: Collection[str] | None = None) -> Verdict:
        """The verdict on `submission`. Nothing that a submission does makes it raise.

        only: the names of the exercises to judge; None for all.
        """
        if submission.more:
            parts = [self.grade(part, only) for part in submission.parts]
            return joined(parts, submission.content_hash)
        wall, cpu, clock = time.monotonic(), time.process_time(), Stopwatch()
        with clock.stage("judging"):
            chosen = self._chosen(submission)
            session, judged = self._judged(submission, chosen, only, clock)
            if chosen.skipped and _misses([each.result for each in judged], chosen):
                chosen = _everything(submission)
                used = session.cpu_seconds
                session, judged = self._judged(submission, chosen, only, clock)
                session.cpu_seconds += used
            checks = [self._check(each, submission, session) for each in judged]
            checks += tests_inside(submission, session)
            checks += self._broken(submission, only)
        stopped = _edited_that_stopped(session, chosen)
        run_notices = [*stopped, *no_programs(chosen.run)]
        remarks = [*stopped, *(line for check in checks for line in check.pop("remarks", []))]
        timings = {
            stage: [round(part, 4) for part in both] for stage, both in clock.seconds.items()
        }
        return Verdict(
            format=verdicts.FORMAT,
            assignment=submission.assignment,
            student=submission.student,
            notebook=submission.notebook,
            seed=self.plan.seed,
            isolation=list(session.layers or self.fork_server.layers),
            earned=round(sum(check["earned"] for check in checks), 6),
            possible=round(sum(check["points"] for check in checks), 6),
            cpu_seconds=round(session.cpu_seconds + time.process_time() - cpu, 4),
            wall_seconds=round(time.monotonic() - wall, 4),
            content_hash=submission.content_hash,
            status="graded" if submission.readable else "unreadable",
            checks=checks,
            notices=[*submission.notices, *run_notices],
            run_notices=run_notices,
            remarks=[*submission.remarks, *remarks],
            cells=_cells(session, chosen),
            timings=timings | {"student": [0.0, round(session.cpu_seconds, 4)]},
        )

    def _broken(self, submission: Submission, only: Collection[str] | None) -> list[ExerciseReport]:
        """Reports of the exercises whose file could not be loaded: "ungraded", with a remark."""
        broken = self.plan.assignment.broken
        return [
            ungraded(cell.exercise, cell.points, broken[cell.exercise])
            for cell in submission.cells
            if cell.role == "test"
            and cell.exercise in broken
            and cell.exercise not in self.plan.assignment.exercises
            and (only is None or cell.exercise in only)
        ]

    def demonstrate(self, submission: Submission) -> dict[str, CellResult]:
        """The outputs of the demonstrations that `grade` skips, by the cells' ids.

        All cells are run again, in a new process with its own time limits; no point depends on it.
        A demonstration that fails is not in the result.
        """
        if submission.more:
            return {
                name_in(part.notebook, id_): cell
                for part in submission.parts
                for id_, cell in self.demonstrate(part).items()
            }
        skipped = {cell.id for cell in self._chosen(submission).skipped}
        if not skipped or not submission.readable:
            return {}
        chosen = _everything(submission)
        session = Session(self.fork_server, chosen.run, self.budget, modules=submission.modules)
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
        return choose(submission.cells, set(self.plan.assignment.exercises))

    def _judged(
        self,
        submission: Submission,
        chosen: Chosen[Cell],
        only: Collection[str] | None,
        clock: Stopwatch,
    ) -> tuple[Session, list[Judged]]:
        session = Session(self.fork_server, chosen.run, self.budget, clock, submission.modules)
        judge = ExerciseJudge(self.plan, session, submission, clock, self.shrinking)
        names = [n for n in self.plan.assignment.exercises if only is None or n in only]
        try:
            return session, judge.exercises(names)
        finally:
            session.close()

    def _check(self, judged: Judged, submission: Submission, session: Session) -> ExerciseReport:
        result = judged.result
        check: ExerciseReport = report(self.plan, result, judged.diagnosis)
        if result.status in ("error", "missing"):
            cell = next((c for c in submission.cells if c.grade_id == result.exercise.name), None)
            if cell is not None and not cell.missing and not cell.changed:
                check = report_untried(self.plan, result)
                check["message"] = "This cell is as it was released: nothing is written in it yet."
            elif result.status == "missing" and cell is not None:
                check["message"] = _stopped(session, cell) or check["message"]
        if judged.note:
            check["message"] = "\n".join(filter(None, (check.get("message"), judged.note)))
        return check


def _everything(submission: Submission) -> Chosen[Cell]:
    return Chosen(tuple(cell for cell in submission.cells if cell.may_run), ())


def _edited_that_stopped(session: Session, chosen: Chosen[Cell]) -> list[str]:
    """A sentence about each given cell that was edited and that stopped here."""
    return [
        said(cell, _why(session, cell) or "no answer in its time")
        for cell in chosen.run
        if isinstance(cell, SubmittedCell)
        and cell.released
        and cell.id in session.reports
        and session.reports[cell.id].status != "ok"
    ]


def _stopped(session: Session, cell: Cell) -> str:
    """A sentence with the error that stopped `cell` before it defined its function, or ""."""
    stop = _why(session, cell)
    if not stop:
        return ""
    return f"This cell stopped with {stop}, so there is no function {cell.grade_id} to try."


def _why(session: Session, cell: Cell) -> str:
    """The error with which a cell stopped; "" where it has shown none."""
    shown = session.reports[cell.id].outputs if cell.id in session.reports else []
    for output in shown:
        if output.get("output_type") == "error":
            words = f"{output.get('ename')}: {output.get('evalue')}"
            return without_file(one_line(words, ERROR_LIMIT))
    return ""


def _misses(results: list[Result], chosen: Chosen[Cell]) -> bool:
    """Whether an exercise failed because a name is missing that a skipped cell defines."""
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
