"""Tries an exercise's claims on a student's answers.

    plan = SamplingPlan.draw(load("05_hamiltonian", root), seed=7) # once for a cohort
    for exercise in plan.assignment.exercises.values():
        result = judge(plan, exercise, ask)      # ask: list[Question] -> list[Answer]

A student's answers to all questions of the plan are fetched in one go, and the bodies of claims
then read them from memory. More is asked only to make an input smaller on which a claim failed
(`shrinking`), and to see whether an answer stays the same (`steadiness`).

An exception of an author's code is never a student's fault: the exercise is "ungraded", and its
`fault` names file and line.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from course_lib.claims.exercise import Claim, Exercise
from course_lib.claims.failures import CallFailed
from course_lib.claims.sampling import Ask, Key, SamplingPlan
from course_lib.claims.shrinking import Asker, Effort, Failure, simplest, smaller
from course_lib.claims.steadiness import unsteady
from course_lib.claims.stopwatch import Stopwatch
from course_lib.claims.truth import NotRecorded, asks_about_an_answer
from course_lib.errors import AuthorFault, CourseLibError
from course_lib.protocol.questions import Answer, Question
from course_lib.protocol.values import CannotCross
from course_lib.unwarned import unwarned

Status = Literal["passed", "failed", "error", "timeout", "crashed", "missing", "ungraded"]

# Questions that may be put anew to make an exercise's failing inputs smaller: a fifth of a second's
# for an ordinary function, a second's for one that is called slow.
SHRINKING, SHRINKING_SLOW = 400, 24


@dataclass
class ClaimResult:
    """What came of one claim; `failure` is the simplest input on which it does not hold."""

    claim: Claim
    failure: Failure | None = None

    @property
    def holds(self) -> bool:
        """Whether no input was found on which it does not."""
        return self.failure is None


@dataclass
class Result:
    """What one exercise earned, claim by claim. `answers` has every answer that was given.

    fault: the author's mistake for which it could not be judged. remarks: for staff, on what could
    not be said about it, which costs no points.
    """

    exercise: Exercise
    claims: list[ClaimResult]
    answers: dict[Key, Answer] = field(default_factory=dict)
    untouched: bool = False  # the cell is as it was released
    fault: AuthorFault | None = None
    remarks: list[str] = field(default_factory=list)

    @property
    def earned(self) -> float:
        """Points of the claims that hold; nothing at all unless every gate holds."""
        if self.fault is not None:
            return 0.0
        if not all(result.holds for result in self.claims if result.claim.gate):
            return 0.0
        return round(sum(result.claim.points for result in self.claims if result.holds), 6)

    @property
    def status(self) -> Status:
        """passed, failed, ungraded, or why there were no answers: missing, error, timeout, …"""
        failures = [result.failure for result in self.claims if result.failure is not None]
        if self.fault is not None:
            return "ungraded"
        if self.untouched:
            return "missing"
        if not failures:
            return "passed"
        kinds = [f.wrong.error.kind for f in failures if isinstance(f.wrong, CallFailed)]
        if len(kinds) < len(failures):
            return "failed"
        if "missing" in kinds:
            return "missing"
        if "timeout" in kinds:
            return "timeout"
        return "crashed" if {"crashed", "garbled"} & set(kinds) else "error"


def judge(
    plan: SamplingPlan,
    exercise: Exercise,
    ask: Ask,
    shrinking: bool = True,
    clock: Stopwatch | None = None,
    spent: Callable[[], float] = time.process_time,
) -> Result:
    """Try every claim of `exercise`; one claim's failure does not hide another's.

    shrinking: whether failing inputs are made smaller. spent: the CPU seconds that the functions
    which are asked have used until now.
    """
    if exercise.name in plan.faults:
        return Result(exercise, [], fault=plan.faults[exercise.name])
    try:
        questions = SHRINKING_SLOW if exercise.slow else SHRINKING
        effort = Effort(questions if shrinking else 0, spent)
        with unwarned():
            return _judged(plan, exercise, ask, effort, clock or Stopwatch())
    except AuthorFault as fault:
        return Result(exercise, [], fault=fault)
    except NotRecorded as error:
        return Result(exercise, [], fault=asks_about_an_answer(exercise, error))
    except CannotCross as error:
        problem = f"a question about {exercise.name} cannot be put to a submission: {error}"
        return Result(exercise, [], fault=exercise.place.fault(problem, "draw other inputs"))


def _judged(
    plan: SamplingPlan, exercise: Exercise, ask: Ask, effort: Effort, clock: Stopwatch
) -> Result:
    questions = plan.questions[exercise.name]
    answers = dict(zip((q.key for q in questions), ask(questions), strict=True))
    answers |= unsteady(plan, exercise, answers, ask)

    def answered(question: Question) -> Answer:
        if question.key not in answers:
            effort.asked()
            answers[question.key] = ask([question])[0]
        return answers[question.key]

    student = Asker(plan.assignment, answered, plan.truth)
    truth = plan.truth_for(exercise)
    results: list[ClaimResult] = []
    remarks: list[str] = []
    for claim in exercise.claims:
        try:
            failure = simplest(claim, student, truth, plan.inputs[exercise.name, claim.name])
        except CourseLibError:
            raise
        except Exception as error:  # the claim's own, on a student's answers
            fault = plan.fault(error, claim, "it raised an exception")
            return Result(exercise, results, answers, fault=fault)
        if failure is not None and not (isinstance(failure.wrong, CallFailed) or effort.over):
            try:
                search = plan.search(claim, answers)
                with clock.stage("shrinking"), effort.half():
                    failure = smaller(claim, student, truth, failure, search, effort)
            except CourseLibError:
                raise
            except Exception as error:  # on an input that was not drawn: no point depends on it
                fault = plan.fault(error, claim, "making an input smaller failed")
                remarks.append(f"{exercise.name} is shown with a larger input: {fault}")
        results.append(ClaimResult(claim, failure))
    return Result(exercise, results, answers, remarks=remarks)
