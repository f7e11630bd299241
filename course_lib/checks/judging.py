"""Tries an exercise's claims on a student's answers.

    plan = Plan.draw(load("00_worksheet"), seed=7)         # once for a cohort
    for exercise in plan.checks.exercises.values():
        result = judge(plan, exercise, ask)                # ask: list[Call] -> list[Answer]

Drawing an input is dear (milliseconds), an answer is cheap (a fraction of one). So inputs are
drawn once, together with every question that the claims will put; a student's answers to all of
them are fetched in one go; and the bodies then read them from memory. More is asked only to make an
input smaller on which a claim failed (`shrinking`).
"""

from __future__ import annotations

import functools
import time
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from hypothesis import Phase

from course_lib.calls.answer import Answer, Call
from course_lib.checks import load
from course_lib.checks.asking import Student
from course_lib.checks.claims import Checks, Claim, Exercise, Inputs
from course_lib.checks.shrinking import Asker, Failure, Search, simplest, smaller
from course_lib.checks.stopwatch import Stopwatch
from course_lib.checks.wrong import CallFailed

Ask = Callable[[list[Call]], list[Answer]]
Key = tuple[object, ...]

SHRINKING = 0.5  # seconds of wall time in which a failing input may be made smaller


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
    """What one exercise earned, claim by claim. `answers` has every answer that was given."""

    exercise: Exercise
    claims: list[ClaimResult]
    answers: dict[Key, Answer] = field(default_factory=dict)
    untouched: bool = False  # the cell is as it was released

    @property
    def earned(self) -> float:
        """Points of the claims that hold; nothing at all unless every gate holds."""
        if not all(result.holds for result in self.claims if result.claim.gate):
            return 0.0
        return round(sum(result.claim.points for result in self.claims if result.holds), 6)

    @property
    def status(self) -> str:
        """passed, failed, or why there were no answers: missing, error, timeout, crashed."""
        failures = [result.failure for result in self.claims if result.failure is not None]
        if self.untouched:
            return "missing"
        if not failures:
            return "passed"
        kinds = [f.wrong.error.kind for f in failures if isinstance(f.wrong, CallFailed)]
        if len(kinds) < len(failures):
            return "failed"
        for kind in ("missing", "timeout", "crashed", "garbled"):
            if kind in kinds:
                return "crashed" if kind == "garbled" else kind
        return "error"


@dataclass
class Plan:
    """The inputs of a cohort: per claim what was drawn, per exercise every question to put."""

    checks: Checks
    seed: int
    share: float
    inputs: dict[tuple[str, str], list[Inputs]] = field(default_factory=dict)
    calls: dict[str, list[Call]] = field(default_factory=dict)
    mistakes: Any = None  # the bank's, as `grading.known` has them; None without a bank

    @classmethod
    def draw(
        cls, checks: Checks, seed: int, share: float = 1.0, only: Collection[str] | None = None
    ) -> Plan:
        """Draw every claim's inputs from `seed`; `share` of the usual number of them.

        only: the exercises to draw for; all, unless it is given.
        """
        plan = cls(checks, seed, share)
        for exercise in checks.exercises.values():
            if only is not None and exercise.name not in only:
                continue
            questions: dict[Key, Call] = {}
            shared: dict[str, list[Inputs]] = {}
            for claim in exercise.claims:
                first = claim.sharing[0]
                if first.name not in shared:
                    shared[first.name] = plan._drawn(first)
                drawn = [*claim.always, *shared[first.name][: plan.examples(claim)]]
                plan.inputs[exercise.name, claim.name] = drawn
                for inputs in drawn:
                    for call in _questions(checks, claim, inputs):
                        questions.setdefault(call.key, call)
            plan.calls[exercise.name] = plan._mixed(exercise, list(questions.values()))
        return plan

    def _mixed(self, exercise: Exercise, calls: list[Call]) -> list[Call]:
        """The questions in an order of the seed's: where one stands says nothing of its answer."""
        order = np.random.default_rng(self.seed_of(exercise.name)).permutation(len(calls))
        return [calls[place] for place in order]

    def seed_of(self, *names: str) -> int:
        """A seed for what these names name: equal strategies under two names draw other inputs.

        Else one exercise's questions could hold another's answers: the gradient vanishes at the
        best fit, which is what `fit_line` is asked for.
        """
        return self.seed ^ zlib.crc32(".".join(names).encode())

    def seed_for(self, claim: Claim) -> int:
        """A seed for a claim's inputs; the same for all claims that share its strategies."""
        return self.seed_of(claim.exercise.name, claim.sharing[0].name)

    def __getstate__(self) -> dict[str, Any]:
        """For another process of the grader: the claims are loaded there by name."""
        return self.__dict__ | {"checks": self.checks.assignment}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, checks=load(state["checks"]))

    def examples(self, claim: Claim) -> int:
        """How many inputs `claim` is tried on, beside the ones of always; a gate never on fewer."""
        return claim.draws if claim.gate else max(1, round(claim.draws * self.share))

    def most(self, claim: Claim) -> int:
        """How many inputs are drawn for all claims that share this one's, and one that is left out.

        hypothesis begins with the simplest input of all, whatever the seed: everybody knows it.
        """
        return 1 + max(map(self.examples, claim.sharing))

    def search(self, claim: Claim, answers: Mapping[Key, Answer]) -> Search:
        """How a smaller input is looked for: the inputs that `claim` was tried on come first."""
        return Search(
            functools.partial(
                claim.test,
                seed=self.seed_for(claim),
                draws=self.most(claim),
                phases=(Phase.generate, Phase.shrink),
                always=False,
            ),
            lambda inputs: all(c.key in answers for c in _questions(self.checks, claim, inputs)),
            Student(self.checks, self._readable),
        )

    def _readable(self, call: Call) -> Answer:
        """The right answer; ValueError about no data at all, such as half of one point."""
        if any(np.size(argument) == 0 for argument in call.arguments):
            raise ValueError("an input that nobody can picture")
        return self.checks.exercises[call.function].true_answer(call)

    def _drawn(self, claim: Claim) -> list[Inputs]:
        collected: list[Inputs] = []
        claim.test(
            lambda **inputs: collected.append(inputs),
            seed=self.seed_for(claim),
            draws=self.most(claim),
            phases=(Phase.generate,),
            always=False,
        )()
        return collected[1:]


def _questions(checks: Checks, claim: Claim, inputs: Inputs) -> list[Call]:
    """What a claim's body asks about `inputs`, noted down while a right student answers it."""
    asked: list[Call] = []

    def note(call: Call) -> Answer:
        asked.append(call)
        return checks.exercises[call.function].true_answer(call)

    claim.body(Student(checks, note), **inputs)
    return asked


def judge(
    plan: Plan,
    exercise: Exercise,
    ask: Ask,
    shrinking: float = SHRINKING,
    clock: Stopwatch | None = None,
) -> Result:
    """Try every claim of `exercise`; one claim's failure does not hide another's.

    shrinking: seconds for making failing inputs smaller, for all claims together.
    """
    clock = clock or Stopwatch()
    calls = plan.calls[exercise.name]
    answers = dict(zip((call.key for call in calls), ask(calls), strict=True))
    answers |= _unsteady(plan, exercise, answers, ask)

    def answered(call: Call) -> Answer:
        if call.key not in answers:
            answers[call.key] = ask([call])[0]
        return answers[call.key]

    student = Asker(plan.checks, answered)
    results = []
    deadline = time.monotonic() + shrinking
    for claim in exercise.claims:
        failure = simplest(claim, student, plan.inputs[exercise.name, claim.name])
        if failure is not None and not isinstance(failure.wrong, CallFailed):
            search = plan.search(claim, answers)
            with clock.stage("shrinking"):
                failure = smaller(claim, student, failure, search, deadline)
        results.append(ClaimResult(claim, failure))
    return Result(exercise, results, answers)


def _unsteady(
    plan: Plan, exercise: Exercise, answers: dict[Key, Answer], ask: Ask
) -> dict[Key, Answer]:
    """The answers to questions of the gates that are others when the same is asked once more.

    A function that counts its calls could else walk through claims that compare two of them. A gate
    that puts one question compares it with the truth, which no count is near: it is not repeated.
    """
    gates = [
        _questions(plan.checks, claim, drawn[-1])
        for claim in exercise.claims
        if claim.gate and (drawn := plan.inputs[exercise.name, claim.name])
    ]
    questions = {
        call.key: call
        for asked in gates
        if len(asked) > 1
        for call in asked
        if call.key in answers and answers[call.key].error is None
    }
    again = ask(list(questions.values())) if questions else []
    return {
        key: Answer.failed("returned", "another number when it was asked the same question again")
        for (key, call), answer in zip(questions.items(), again, strict=True)
        if answer.error is None and not _alike(answers[key], answer)
    }


def _alike(one: Answer, other: Answer) -> bool:
    """Whether two answers are the same, but for what a search or a sum in parallel may differ by.

    A thousandth is more than any optimiser's tolerance. A count that starts so high that its steps
    are smaller is left to the order of the questions, which nobody knows beforehand.
    """
    first, second = (
        np.concatenate([np.empty(0), *(part.values.ravel() for part in answer.parts)])
        for answer in (one, other)
    )
    if first.shape != second.shape:
        return False
    with np.errstate(all="ignore"):
        size = max(float(np.max(np.abs(first), initial=0.0)), 1e-300)
        return bool(
            np.all(
                (np.abs(first - second) <= 1e-3 * size)
                | (first == second)
                | (np.isnan(first) & np.isnan(second))
            )
        )
