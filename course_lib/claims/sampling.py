"""A cohort's inputs: drawn once, with every question that the claims will put about them.

    plan = SamplingPlan.draw(load("05_hamiltonian", root), seed=7)
    plan.inputs["leapfrog", "comes_back_when_time_is_reversed"]    # those of one claim
    plan.questions["leapfrog"]                                     # each question once

Most inputs are the same in every run: the ones of `always`, and recorded draws, on which students
try their functions, too. So a wrong answer earns the same whatever the seed. Some are drawn anew,
so that answers which were learnt by heart earn nothing.

Drawing inputs is slow (milliseconds), answering is fast (a fraction of one), so that a cohort
shares one plan. An exception of an author's code while inputs are drawn is an AuthorFault.
"""

from __future__ import annotations

import functools
import itertools
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

import hypothesis
import numpy as np
from hypothesis import Phase

from course_lib.claims.assignment import Assignment
from course_lib.claims.exercise import Claim, Exercise, Inputs
from course_lib.claims.failures import ClaimFailure
from course_lib.claims.faults import fault_of
from course_lib.claims.shrinking import Search, holds
from course_lib.claims.simplicity import complexity, decades_beyond, plainer
from course_lib.claims.student_proxy import StudentProxy, right_student
from course_lib.claims.truth import Recorded, Truth
from course_lib.claims.truth_proxy import TruthProxy
from course_lib.errors import AuthorFault, CourseLibError
from course_lib.protocol.questions import Answer, Question
from course_lib.protocol.values import CannotCross, coarse_key, key, numbers_of
from course_lib.unwarned import unwarned

Ask = Callable[[list[Question]], list[Answer]]
Key = object

RECORDED = 1812  # seed of the inputs that are the same for all: the year of Laplace's Théorie
FRESH = 1 / 3  # of a claim's draws, how many more are drawn from a seed that nobody knows
MANY = 60  # inputs among which plain ones are looked for
NEARLY = 2.0**10  # steps of a mantissa: numbers that agree to three digits are nearly equal
RUNGS = 12  # plain inputs for each claim
REMOTE = 6.0  # decades from one, beyond which no number is an everyday one
TRIED = 20  # of candidates with the same count of numbers, so many are tried


@dataclass
class SamplingPlan:
    """The inputs of a cohort: per claim what was drawn, per exercise every question to put.

    new: per claim, those of its inputs that were drawn from the seed, which stand last. faults:
    exercises for which an author's code failed while inputs were drawn. ladder: per claim
    plain inputs, the simplest first, as far as they were needed until now, or are recorded.
    """

    assignment: Assignment
    seed: int
    share: float
    truth: Truth
    inputs: dict[tuple[str, str], list[Inputs]] = field(default_factory=dict)
    new: dict[tuple[str, str], list[Inputs]] = field(default_factory=dict)
    questions: dict[str, list[Question]] = field(default_factory=dict)
    ladder: dict[tuple[str, str], list[Inputs]] = field(default_factory=dict)
    faults: dict[str, AuthorFault] = field(default_factory=dict)
    mistakes: Any = None  # the bank's, as `grading.audit.mistake_store` has them
    imports: tuple[str, ...] = ()  # what the process that runs submissions imports beforehand
    data: str = ""  # the folder whose files lie beside a submission's notebook; "" for none
    hidden: str = ""  # the folder that lies beside it only when it is graded; "" for none
    _kept: dict[Key, list[Inputs]] = field(default_factory=dict, repr=False)
    _plain: dict[Key, list[tuple[Inputs, Inputs]]] = field(default_factory=dict, repr=False)

    @classmethod
    def draw(
        cls,
        assignment: Assignment,
        seed: int,
        share: float = 1.0,
        only: Collection[str] | None = None,
        truth: Truth | None = None,
    ) -> SamplingPlan:
        """Draw every claim's inputs from `seed`; `share` of the usual number of them.

        only: the exercises to draw for; all, unless it is given.
        """
        plan = cls(assignment, seed, share, truth or Truth(assignment))
        for exercise in assignment.exercises.values():
            if only is None or exercise.name in only:
                try:
                    plan._draw(exercise)
                except AuthorFault as fault:
                    plan.faults[exercise.name] = fault
        return plan

    def _draw(self, exercise: Exercise) -> None:
        if faults := exercise.preventing():
            raise faults[0]
        for claim in exercise.claims:
            place = exercise.name, claim.name
            known = [*claim.always, *self._recorded(claim)[: claim.draws]]
            self.new[place] = self._without(known, self._fresh(claim), claim)
            self.inputs[place] = [*known, *self.new[place]]
        self.plan_questions(exercise)

    def _without(self, known: list[Inputs], drawn: list[Inputs], claim: Claim) -> list[Inputs]:
        """Those of `drawn` that are not in `known`."""
        try:
            seen = {_key(inputs) for inputs in known}
            return [inputs for inputs in drawn if _key(inputs) not in seen]
        except CannotCross as error:
            raise self.fault(error, claim, "an input cannot be put to a submission") from error

    def plan_questions(self, exercise: Exercise) -> None:
        """Collect what the claims ask about their inputs, each question once."""
        known: dict[Key, Question] = {}
        fresh: dict[Key, Question] = {}
        for claim in exercise.claims:
            place = exercise.name, claim.name
            recorded = len(self.inputs[place]) - len(self.new.get(place, []))
            for number, each in enumerate(self.inputs[place]):
                into = known if number < recorded else fresh
                for question in self.asked_about(claim, each):
                    into.setdefault(question.key, question)
        new = [question for key, question in fresh.items() if key not in known]
        self.questions[exercise.name] = self._mixed(exercise, list(known.values()), new)

    def _mixed(
        self, exercise: Exercise, known: list[Question], fresh: list[Question]
    ) -> list[Question]:
        """All questions, in an order in which no place says anything about the answer.

        The known ones come in one mixed order for all, so that a function which remembers earlier
        calls earns the same whatever the seed; the fresh ones stand anywhere between them. Those
        whose arguments are nearly equal stand together, so that a function which takes nearly equal
        for equal shows it.
        """
        same = np.random.default_rng(self.seed_of(exercise.name, seed=RECORDED))
        own = np.random.default_rng(self.seed_of(exercise.name))
        known = [known[place] for place in same.permutation(len(known))]
        places = [*np.sort(own.random(len(known))), *own.random(len(fresh))]
        placed = sorted(zip(places, known + fresh, strict=True), key=itemgetter(0))
        mixed = [question for _, question in placed]
        alike = [tuple(coarse_key(s.arguments, NEARLY) for s in q.steps) for q in mixed]
        first = {each: place for place, each in reversed(list(enumerate(alike)))}
        return [mixed[p] for p in sorted(range(len(mixed)), key=lambda p: first[alike[p]])]

    def seed_of(self, *names: str, seed: int | None = None) -> int:
        """A seed for what these names name: equal strategies under two names draw other inputs.

        Else one exercise's questions could hold another's answers: the gradient vanishes at the
        best fit, which may be what another exercise asks for.
        """
        return (self.seed if seed is None else seed) ^ zlib.crc32(".".join(names).encode())

    def __getstate__(self) -> dict[str, Any]:
        """For another process of the grader: right answers are worked out there as needed."""
        return self.__dict__ | {"truth": None, "_kept": {}, "_plain": {}}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.truth = Truth(self.assignment)

    def fresh(self, claim: Claim) -> int:
        """How many inputs are drawn anew for `claim`; a gate's never fewer for a smaller share."""
        if not claim.strategies or self.seed == RECORDED:
            return 0
        share = FRESH if claim.gate else FRESH * self.share
        return max(1, round(claim.draws * share))

    def search(self, claim: Claim, answers: Mapping[Key, Answer]) -> Search:
        """How a smaller input is looked for: the inputs that `claim` was tried on come first."""
        shrink = functools.partial(
            claim.test,
            seed=self.seed_of(*_shared_name(claim), seed=RECORDED),
            draws=_most_recorded(claim),
            phases=(Phase.generate, Phase.shrink),
            always=False,
        )
        return Search(
            self.plain_inputs(claim),
            None if isinstance(self.truth, Recorded) else shrink,
            lambda inputs: all(q.key in answers for q in self._asked(claim, inputs)),
            self._right_student(),
            functools.partial(self._remoteness, claim),
        )

    def plain_inputs(self, claim: Claim) -> list[Inputs]:
        """Plain inputs on which a right answer passes, the simplest first; worked out once.

        They are plainer versions of many inputs that hypothesis draws, the simplest of all among
        them, and of the ones that are always tried.
        """
        place = claim.exercise.name, claim.name
        if place not in self.ladder:
            right, truth = self._right_student(), self.truth_for(claim.exercise)
            tried = self._plainest(claim)
            passing = (
                plain
                for plain, full in tried
                if holds(claim, right, truth, plain)
                and self._remoteness(claim, plain) <= self._remoteness(claim, full)
            )
            with unwarned():  # of a mean over nothing, say: a claim was not made for all of them
                self.ladder[place] = list(itertools.islice(passing, RUNGS))
        return self.ladder[place]

    def _remoteness(self, claim: Claim, inputs: Inputs) -> float:
        """By how many decades what is put in and what is right leave everyday sizes, in all."""
        found = 0.0
        for question in self._asked(claim, inputs):
            answer = self.truth.answer(question)
            values = [argument for step in question.steps for argument in step.arguments]
            values += [answer.value] if isinstance(answer, Answer) else []
            numbers = (numbers_of(value) for value in values)
            found += sum(decades_beyond(each, REMOTE) for each in numbers if each is not None)
        return found

    def _plainest(self, claim: Claim) -> list[tuple[Inputs, Inputs]]:
        """Plainer versions of many inputs, the simplest first, each with what it was made from.

        Kept for claims that share them.
        """
        many = [*claim.always, *self._many(claim)]
        place = (*_shared_name(claim), *map(_key, claim.always))
        if place not in self._plain:
            found = {_key(plain): (plain, full) for full in many for plain in plainer(full)}
            weighed = ((complexity(pair[0]), pair) for pair in found.values())
            ordered = sorted(weighed, key=itemgetter(0))
            alike = itertools.groupby(ordered, key=lambda pair: pair[0][0])
            self._plain[place] = [
                pair for _, group in alike for _, pair in itertools.islice(group, TRIED)
            ]
        return self._plain[place]

    def _right_student(self) -> StudentProxy:
        return right_student(self.assignment, self.truth, refuse_no_data)

    def truth_for(self, exercise: Exercise) -> TruthProxy:
        """The `truth` of its claims."""
        return TruthProxy(self.truth, self.assignment, exercise.name)

    def _recorded(self, claim: Claim) -> list[Inputs]:
        """What every function is tried on, in each run and in a student's own check."""
        return self._drawn(claim, RECORDED, _most_recorded(claim))

    def _fresh(self, claim: Claim) -> list[Inputs]:
        """What nobody knows beforehand."""
        most = max(map(self.fresh, claim.sharing))
        return self._drawn(claim, self.seed, 1 + most)[: self.fresh(claim)] if most else []

    def _many(self, claim: Claim) -> list[Inputs]:
        """Many inputs, for choosing plain ones; none of them is the seed's own."""
        return self._collected(claim, RECORDED, MANY) if claim.strategies else []

    def _drawn(self, claim: Claim, seed: int, draws: int) -> list[Inputs]:
        """The inputs that hypothesis draws, without the simplest of all if there are enough others.

        It begins with that one for every seed, so that it could be known. A strategy that has
        fewer inputs than are drawn (`st.booleans()`) gives all that it has.
        """
        if not claim.strategies:
            return []
        try:
            collected = self._collected(claim, seed, draws)
        except hypothesis.errors.Unsatisfiable as error:
            problem = f"no input of the claim {claim.name} passes its strategy's own filters"
            raise claim.place.fault(problem, "filter less, or build what is wanted") from error
        except Exception as error:
            raise self.fault(error, claim, "drawing inputs failed") from error
        return collected[1:] if len(collected) >= max(2, draws) else collected

    def _collected(self, claim: Claim, seed: int, draws: int) -> list[Inputs]:
        """The draws for all claims that share this one's strategies; made once, then kept."""
        names = _shared_name(claim)
        place = (*names, seed, draws)
        if place not in self._kept:
            collected: list[Inputs] = []
            claim.test(
                lambda **inputs: collected.append(inputs),
                seed=self.seed_of(*names, seed=seed),
                draws=draws,
                phases=(Phase.generate,),
                always=False,
            )()
            self._kept[place] = collected
        return self._kept[place]

    def asked_about(self, claim: Claim, inputs: Inputs) -> list[Question]:
        """What a claim's body asks about `inputs`, noted down while a right student answers it.

        Raises AuthorFault where the body fails with a right student.
        """
        try:
            return self._asked(claim, inputs)
        except ClaimFailure as wrong:
            raise claim.place.fault(
                f"the claim {claim.name} fails on its own truth: {wrong}",
                "correct the claim, or the truth",
            ) from wrong
        except AssertionError as wrong:
            raise self.fault(wrong, claim, "it fails on its own truth") from wrong
        except CourseLibError:
            raise
        except Exception as error:
            raise self.fault(error, claim, "it cannot be tried on its own truth") from error

    def _asked(self, claim: Claim, inputs: Inputs) -> list[Question]:
        asked: list[Question] = []
        student = right_student(self.assignment, self.truth, asked.append)  # type: ignore[arg-type]  # it returns nothing
        with np.errstate(all="ignore"):
            claim.body(student, self.truth_for(claim.exercise), **inputs)
        return asked

    def fault(self, error: BaseException, claim: Claim, what: str) -> AuthorFault:
        """An exception of an author's code as a fault; `what` says what could not be done."""
        fault = fault_of(
            error, self.assignment.folder, f"{what} (claim {claim.name} of {claim.exercise.name})"
        )
        if not fault.line:
            return AuthorFault(claim.place.file, claim.place.line, fault.problem, fault.next_step)
        return fault


def _shared_name(claim: Claim) -> tuple[str, str]:
    """Names the draws of all claims that share this one's strategies."""
    return claim.exercise.name, claim.sharing[0].name


def _key(inputs: Inputs) -> Key:
    return tuple(key(value) for value in inputs.values())


def _most_recorded(claim: Claim) -> int:
    return 1 + max(other.draws for other in claim.sharing)


def refuse_no_data(question: Question) -> Answer:
    """Raise ValueError for a question about no data at all, such as half of one point.

    A right answer may have one, but nobody learns from such an input.
    """
    if any(
        isinstance(argument, np.ndarray) and argument.size == 0 for argument in question.arguments
    ):
        raise ValueError("an input without data")
    return Answer()
