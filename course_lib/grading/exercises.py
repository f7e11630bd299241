"""Judges the exercises of one submission, each in the state that its test cell would find.

    judge_all = ExerciseJudge(plan, session, submission, clock)
    for judged in judge_all.exercises(plan.assignment.exercises):
        judged.result.earned, judged.diagnosis

An exercise is asked when the cells before its test cell have run. Where it loses points there, and
a cell further down changes something that it is built on, it is asked again at the end, and the
better result counts: a definition may stand below its test.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property

from course_lib.claims.judging import Result, judge
from course_lib.claims.sampling import SamplingPlan
from course_lib.claims.stopwatch import Stopwatch
from course_lib.feedback.diagnosis import Diagnosis, diagnose
from course_lib.grading.session import STRIKES, Session, silence
from course_lib.notebook.places import AT_THE_END, END, Places, changed_later
from course_lib.notebook.prerequisites import Prerequisites
from course_lib.notebook.submission import Submission, SubmittedCell
from course_lib.protocol.questions import Answer, Question


@dataclass(frozen=True)
class Judged:
    """One exercise: what it earned, why it failed, and what is said of names used again later."""

    result: Result
    place: float  # the cell's number before which it was asked
    diagnosis: Diagnosis = field(default_factory=Diagnosis)
    note: str = ""

    @property
    def lost(self) -> bool:
        """Whether it earned less than all of its points, by its student's fault."""
        return self.result.earned < self.result.exercise.points and self.result.fault is None


@dataclass(frozen=True)
class ExerciseJudge:
    """Judges the exercises of `submission`, whose cells `session` runs.

    shrinking: whether failing inputs are made smaller.
    """

    plan: SamplingPlan
    session: Session
    submission: Submission
    clock: Stopwatch
    shrinking: bool = True

    @cached_property
    def _places(self) -> Places[SubmittedCell]:
        return Places(self.submission.cells)

    @cached_property
    def _built(self) -> Prerequisites[SubmittedCell]:
        return Prerequisites(self.submission.cells)

    def exercises(self, names: Collection[str]) -> list[Judged]:
        """The exercises of these names, in their order. All cells have run when this returns."""
        found: dict[str, Judged] = {}
        for name in sorted(names, key=self._places.of):
            wrong = self._wrong(found)
            late = [each for each in wrong if found[each].result.status == "timeout"]
            found[name] = self._judged(name, self._places.of(name), wrong, late)
        if self.submission.readable:
            self.session.process()
        for name in self._wrong(found):
            if later := self._places.later(name):
                again = self._judged(name, END, ())
                better = again.result.earned > found[name].result.earned
                found[name] = (
                    replace(again, note=AT_THE_END)
                    if better
                    else replace(found[name], note=changed_later(later))
                )
        with self.clock.stage("diagnosis"):  # after all are judged: no points depend on it
            wrong = self._wrong({name: found[name] for name in names})
            found |= {name: self._diagnosed(found[name], wrong) for name in wrong}
        return [found[name] for name in names]

    def _wrong(self, found: dict[str, Judged]) -> list[str]:
        return [name for name, judged in found.items() if judged.lost]

    def _judged(
        self, name: str, place: float, wrong: Collection[str], late: Collection[str] = ()
    ) -> Judged:
        # What is built on a function that does not end is given up after one call without an end.
        strikes = [silence("timeout")] if self._built.exercises(name, late) else []

        def ask(questions: list[Question]) -> list[Answer]:
            if not self.submission.readable:
                return [Answer.failed("missing", "nothing was handed in to call")] * len(questions)
            return self.session.ask(questions, strikes, place)

        # Where an exercise that it uses is wrong, its student fixes that one first: no time goes
        # into making this one's failing inputs smaller.
        shrinking = self.shrinking and not self._built.exercises(name, wrong)
        exercise = self.plan.assignment.exercises[name]
        return Judged(
            judge(self.plan, exercise, ask, shrinking, self.clock, self.session.spent), place
        )

    def _diagnosed(self, judged: Judged, wrong: list[str]) -> Judged:
        """Why an exercise failed. If a question ends the process, no further one is sent."""
        result, mistakes, known = judged.result, self.plan.mistakes, None
        name = result.exercise.name
        if mistakes is not None and result.status in ("failed", "error"):
            known = mistakes.known(self.plan, name)
        strikes = [silence("crashed")] * (STRIKES if result.status == "timeout" else 1)
        # Where nothing changes later, the state at the end, which is there, is as good.
        place = judged.place if self._places.later(name) else END

        def ask(questions: list[Question]) -> list[Answer]:
            return self.session.ask(questions, strikes, place)

        first = self._built.exercises(name, wrong)
        code = self._built.code(name, place)
        return replace(judged, diagnosis=diagnose(self.plan, result, known, ask, first, code))
