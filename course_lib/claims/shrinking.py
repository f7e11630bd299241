"""Makes an input on which a claim failed small enough to be read.

    failure = simplest(claim, student, truth, drawn)          # of those that were tried
    failure = smaller(claim, student, truth, failure, search) # of all that there are

The plain inputs that are known beforehand come first, the simplest before all others. Where right
answers can be worked out, data points are then left out and digits dropped while the claim still
fails, and hypothesis shrinks what it draws. An input that a right answer would fail on is never
shown. The search is bounded by the work it makes, not by a clock: a busy machine shows the same.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import hypothesis
import numpy as np

from course_lib.claims.assignment import Assignment
from course_lib.claims.exercise import Body, Claim, Inputs
from course_lib.claims.failures import CallFailed, ClaimFailure
from course_lib.claims.simplicity import complexity, plainer
from course_lib.claims.student_proxy import StudentProxy
from course_lib.claims.truth import Truth
from course_lib.claims.truth_proxy import TruthProxy
from course_lib.errors import CourseLibError
from course_lib.protocol.questions import Answer, Question
from course_lib.protocol.values import natural

SLOW_SECONDS = 2.0  # CPU seconds of a student's functions in one exercise; ordinary ones use 0.3
COMPARED = 3  # different calls that a student can compare at a glance


@dataclass
class Failure:
    """One input on which a claim failed, and how.

    questions: what it asked until then, each different question once, in order; of more than
    COMPARED of them only the first is kept.
    """

    inputs: Inputs
    wrong: ClaimFailure
    questions: tuple[Question, ...] = ()

    @property
    def question(self) -> Question | None:
        """What it asked first."""
        return self.questions[0] if self.questions else None


class Asker(StudentProxy):
    """The `student` of a claim that is tried; it remembers what was asked, and the last answer.

    Its attributes have an underscore, since every other name may be an exercise's.
    """

    def __init__(
        self, assignment: Assignment, ask: Callable[[Question], Answer], truth: Truth
    ) -> None:
        self._asked: dict[object, Question] = {}
        self._last: tuple[Question, Answer] | None = None

        def note(question: Question) -> Answer:
            answer = ask(question)
            if len(self._asked) <= COMPARED:
                self._asked.setdefault(question.key, question)
            self._last = question, answer
            return answer

        super().__init__(assignment, note, truth)

    @property
    def _questions(self) -> tuple[Question, ...]:
        asked = tuple(self._asked.values())
        return asked if len(asked) <= COMPARED else asked[:1]


@dataclass
class Effort:
    """The work that may be done to make inputs smaller: questions that are put anew.

    spent: the CPU seconds that a student's functions have used until now. A function that is slow
    beyond all measure is asked less often; any other gives the same input on every machine.
    """

    questions: float
    spent: Callable[[], float] = time.process_time
    seconds: float = SLOW_SECONDS

    def __post_init__(self) -> None:
        self._since = self.spent()

    def asked(self) -> None:
        """Note that a question was put."""
        self.questions -= 1

    @property
    def over(self) -> bool:
        """Whether nothing more may be asked."""
        return self.questions <= 0 or self.spent() - self._since > self.seconds

    @contextlib.contextmanager
    def half(self) -> Iterator[None]:
        """In this block half of what is left may be used: other claims have failed, too."""
        kept = self.questions // 2
        self.questions -= kept
        try:
            yield
        finally:
            self.questions += kept


@dataclass(frozen=True)
class Search:
    """Where smaller inputs come from, and how long they are looked for.

    plain: inputs that a right answer passes on, the simplest first. test: makes a hypothesis test
    of a body, over the claim's strategies; None where right answers cannot be worked out. known:
    whether all that the claim asks about an input has been answered already. right: a student
    without mistakes. remoteness: how far right answers on an input are from everyday sizes.
    """

    plain: Sequence[Inputs]
    test: Callable[[Body], Body] | None
    known: Callable[[Inputs], bool]
    right: StudentProxy
    remoteness: Callable[[Inputs], float]


def simplest(
    claim: Claim, student: Asker, truth: TruthProxy, drawn: list[Inputs]
) -> Failure | None:
    """The simplest failing input among those drawn; a wrong value is preferred to an error."""
    failures = [f for inputs in drawn if (f := try_on(claim, student, truth, inputs)) is not None]
    wrong_values = [f for f in failures if not isinstance(f.wrong, CallFailed)]
    return min(wrong_values or failures, key=lambda f: complexity(f.inputs), default=None)


def smaller(
    claim: Claim,
    student: Asker,
    truth: TruthProxy,
    failure: Failure,
    search: Search,
    effort: Effort,
) -> Failure:
    """The failure on the simplest input that is found with this effort."""
    best = _first_of(search.plain, claim, student, truth, failure, effort)
    if search.test is None:
        return best
    best = _plainest(claim, student, truth, best, search, effort)
    best = _shrunk(claim, student, truth, best, search, effort)
    return _plainest(claim, student, truth, best, search, effort)


def _first_of(
    inputs: Iterable[Inputs],
    claim: Claim,
    student: Asker,
    truth: TruthProxy,
    failure: Failure,
    effort: Effort,
) -> Failure:
    """The failure on the first of `inputs` that fails, and is simpler; else the one it had."""
    for simpler in inputs:
        if effort.over:
            break
        if complexity(simpler) < complexity(failure.inputs):
            found = try_on(claim, student, truth, simpler)
            if found is not None and not isinstance(found.wrong, CallFailed):
                return found
    return failure


def _shrunk(
    claim: Claim,
    student: Asker,
    truth: TruthProxy,
    failure: Failure,
    search: Search,
    effort: Effort,
) -> Failure:
    """The failure on the simplest input that hypothesis meets.

    It meets the inputs that were drawn again, with answers at hand, until the first that fails;
    from there on it asks. When there is no effort left, every new input is said to pass, which ends
    the search with the best that it had.
    """
    best = failure

    def body(**inputs: Any) -> None:
        nonlocal best
        if effort.over and not search.known(inputs):
            return
        found = try_on(claim, student, truth, inputs)
        if found is None or isinstance(found.wrong, CallFailed):
            return
        if complexity(inputs) < complexity(best.inputs):
            best = found
        raise found.wrong

    if search.test is not None and not effort.over and claim.strategies:
        with contextlib.suppress(ClaimFailure, hypothesis.errors.HypothesisException):
            search.test(body)()
    return best


def try_on(claim: Claim, student: Asker, truth: TruthProxy, inputs: Inputs) -> Failure | None:
    """How the claim fails on `inputs`; None where it holds. Other exceptions are the author's."""
    student._asked, student._last = {}, None
    try:
        with np.errstate(all="ignore"):  # a student's infinities are judged, not warned of
            claim.body(student, truth, **inputs)
    except ClaimFailure as wrong:
        return Failure(inputs, wrong, student._questions)
    except AssertionError as wrong:
        shown = _of_assert(wrong, student, truth, claim.exercise.unique)
        return Failure(inputs, shown, student._questions)
    return None


def _of_assert(
    wrong: AssertionError, student: Asker, truth: TruthProxy, unique: bool
) -> ClaimFailure:
    """A plain assert that failed, with what was asked last: the right answer and the student's.

    unique: whether there is one right answer to show.
    """
    said = str(wrong).partition("\n")[0] if wrong.args else ""
    expected: Any = None
    got: Any = None
    if student._last is not None and unique:
        question, answer = student._last
        got = natural(answer.value)
        with contextlib.suppress(CourseLibError, ArithmeticError, ValueError):
            due = truth.right(question)
            expected = natural(due.value) if isinstance(due, Answer) else None
    return ClaimFailure(expected, got, said)


def _plainest(
    claim: Claim,
    student: Asker,
    truth: TruthProxy,
    failure: Failure,
    search: Search,
    effort: Effort,
) -> Failure:
    """The failure with points left out and digits dropped, as many as can be.

    Where that brings right answers close to nothing, as the scatter of two points about their own
    line, or far beyond all sizes, it is not simpler.
    """
    most = search.remoteness(failure.inputs)
    simpler = (
        inputs
        for inputs in plainer(failure.inputs)
        if complexity(inputs) < complexity(failure.inputs)
        and holds(claim, search.right, truth, inputs)
        and search.remoteness(inputs) <= most
    )
    return _first_of(simpler, claim, student, truth, failure, effort)


def holds(claim: Claim, right: StudentProxy, truth: TruthProxy, inputs: Inputs) -> bool:
    """Whether a right answer passes on `inputs`; some have none, such as a fit to two points."""
    try:
        with np.errstate(all="ignore"):
            claim.body(right, truth, **inputs)
    except CourseLibError:
        raise
    except Exception:  # whatever it is, this input is not for people
        return False
    return True
