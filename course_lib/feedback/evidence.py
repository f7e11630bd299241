"""What was expected and what came, question by question: one table for all explanations.

    evidence = Evidence(plan, result)
    evidence.values.expected, evidence.values.got     # each [rows, numbers]
    evidence.values.right                             # [rows, numbers], the one definition of right

Only questions that were answered with numbers, as many as the right answer has, are in it. Where a
right answer may add a constant, the numbers are differences between two questions. Answers may have
more numbers for longer inputs: those are in `evidence.values.every`, and a sentence about all
answers has to hold on them, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from course_lib.claims.exercise import Exercise
from course_lib.claims.failures import ClaimFailure
from course_lib.claims.judging import Result
from course_lib.claims.rounding import EPS
from course_lib.claims.sampling import SamplingPlan
from course_lib.claims.student_proxy import numbers
from course_lib.claims.truth import Made, Truth
from course_lib.errors import CourseLibError
from course_lib.protocol.questions import Answer, Question
from course_lib.protocol.values import Numbers

Vector = NDArray[np.float64]
Flags = NDArray[np.bool_]
Given = dict[str, Any]  # arguments by their names

ROUNDED = 4 * EPS  # what is left of the truth when nearly equal numbers of size one are subtracted
# Of the largest of several numbers: a smaller one is as good as rounded beside it.
SMALLEST = 1e-3


def close_to(expected: Vector, got: Vector, within: float) -> Flags:
    """Which numbers of `got` are right, ``[..., numbers]``: within, relatively, of the expected."""
    size = np.maximum(
        np.abs(expected), np.abs(expected).max(axis=-1, keepdims=True, initial=0.0) * SMALLEST
    )
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(got - expected) <= within * size + ROUNDED)


@dataclass(frozen=True)
class Row:
    """One question with its arguments by name, the right numbers and the student's, ``[n]``.

    home: where answers are right up to a constant, the question to which both are differences.
    """

    question: Question
    given: Given
    expected: Vector
    got: Vector
    home: Question | None = None


@dataclass(frozen=True)
class Table:
    """Rows whose answers have one number of numbers, and `others`, whose answers have more."""

    rows: tuple[Row, ...]
    within: float
    others: tuple[Row, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def given(self) -> list[Given]:
        """The arguments of each row, by name."""
        return [row.given for row in self.rows]

    @cached_property
    def expected(self) -> Vector:
        """The right numbers, ``[rows, numbers]``."""
        return np.array([row.expected for row in self.rows])

    @cached_property
    def got(self) -> Vector:
        """The student's numbers, ``[rows, numbers]``."""
        return np.array([row.got for row in self.rows])

    @cached_property
    def right(self) -> Flags:
        """Which numbers are right, ``[rows, numbers]``."""
        return close_to(self.expected, self.got, self.within)

    @property
    def every(self) -> tuple[Row, ...]:
        """The rows and the others."""
        return self.rows + self.others

    @cached_property
    def right_rows(self) -> Flags:
        """Which of `every` are right in all their numbers."""
        each = [close_to(row.expected, row.got, self.within).all() for row in self.every]
        return np.array(each, dtype=bool)

    @property
    def wrong_rows(self) -> list[Row]:
        """Those of `every` that are wrong in some number."""
        return [row for row, right in zip(self.every, self.right_rows, strict=True) if not right]

    @cached_property
    def wrong_first(self) -> list[Row]:
        """All rows, those of `wrong_rows` before the right ones."""
        order = np.argsort(self.right_rows, kind="stable")
        return [self.every[k] for k in order]

    @cached_property
    def flat(self) -> Table:
        """The numbers of `every`, each in a row of its own."""
        return Table(
            tuple(
                Row(row.question, row.given, row.expected[k : k + 1], row.got[k : k + 1])
                for row in self.every
                for k in range(len(row.expected))
            ),
            self.within,
        )


class Evidence:
    """All that is known about one exercise's answers, for explanations."""

    def __init__(
        self,
        plan: SamplingPlan,
        result: Result,
        asked: Iterable[tuple[Question, Answer]] = (),
    ) -> None:
        """asked: what was asked beside the claims' own questions, with the answers."""
        self.plan, self.result, self.exercise = plan, result, result.exercise
        self.truth = plan.truth
        self._asked = tuple(asked)

    @cached_property
    def answered(self) -> Table:
        """All questions for values, also those of which a right answer is rounding."""
        return self._table("value", rounding=True)

    @cached_property
    def values(self) -> Table:
        """Questions for values, without those whose truth is rounding."""
        return self._table("value", rounding=False)

    @cached_property
    def gradients(self) -> Table:
        """Questions for derivatives, without those whose truth is rounding."""
        return self._table("gradient", rounding=False)

    @property
    def shown(self) -> list[Given]:
        """The inputs that a student sees beside the sentence, each of a claim that failed."""
        return [named(self.exercise, question) for question in self.shown_questions]

    @property
    def shown_questions(self) -> list[Question]:
        """The calls of this exercise whose inputs are shown, each of a claim that failed."""
        failures = [claim.failure for claim in self.result.claims if claim.failure is not None]
        questions = [f.question for f in failures if f.question is not None]
        return [q for q in questions if q.function == self.exercise.name and q.simple]

    @cached_property
    def everywhere(self) -> bool:
        """Whether a finite number came back from every question for a value."""
        asked = sum(question.mode == "value" for question, _ in self.questions())
        rows = list(self._rows("value", rounding=True, finite=False))
        return len(rows) == asked and all(np.isfinite(row.got).all() for row in rows)

    def questions(self) -> Iterator[tuple[Question, Answer]]:
        """Every question of one call to this exercise that was answered, each once.

        Those are the planned ones, those of the inputs that a student is shown, and what was asked
        to explain a failure: a sentence has to hold on all of them.
        """
        planned = self.plan.questions.get(self.exercise.name, [])
        found: dict[object, tuple[Question, Answer]] = {}
        for question in (*planned, *self.shown_questions):
            answer = self.result.answers.get(question.key)
            if answer is not None:
                found.setdefault(question.key, (question, answer))
        for question, answer in self._asked:
            found.setdefault(question.key, (question, answer))
        for question, answer in found.values():
            if question.simple and question.function == self.exercise.name:
                yield question, answer

    def compared(self) -> Iterator[tuple[Question, Answer, Answer | Made]]:
        """What came back where a value was asked for, of whatever kind, and what is right."""
        for question, answer in self.questions():
            if question.mode != "value" or answer.error is not None:
                continue
            try:
                right = self.truth.answer(question)
            except CourseLibError:  # a student's record does not have it
                continue
            yield question, answer, right

    def _table(
        self, mode: Literal["value", "gradient"], *, rounding: bool, finite: bool = True
    ) -> Table:
        rows = list(self._rows(mode, rounding=rounding, finite=finite))
        if mode == "value" and self.exercise.up_to_a_constant:
            rows = list(self._differences(rows))
        width = min((len(row.expected) for row in rows), default=0)
        same = tuple(row for row in rows if len(row.expected) == width)
        more = tuple(row for row in rows if len(row.expected) != width)
        return Table(same, self.exercise.close, more)

    def _rows(
        self, mode: Literal["value", "gradient"], *, rounding: bool, finite: bool = True
    ) -> Iterator[Row]:
        if not self.exercise.unique:
            return
        for question, answer in self.questions():
            if question.mode != mode:
                continue
            row = self._row(question, answer)
            if row is None or (finite and not np.isfinite(row.expected).all()):
                continue
            if rounding or not self._is_rounding(question, row.expected):
                yield row

    def _differences(self, rows: list[Row]) -> Iterator[Row]:
        """Each row's difference to the first with the same data: their constant is not in it.

        What is no finite number stays as it came.
        """
        homes: dict[tuple[object, ...], Row] = {}
        for row in rows:
            if np.isfinite(row.got).all():
                homes.setdefault(self._data(row), row)
        for row in rows:
            home = homes.get(self._data(row))
            if home is None:
                yield row
            elif home is not row:
                expected = row.expected - home.expected
                got = row.got - home.got if np.isfinite(row.got).all() else row.got
                if not _cancels(expected, row.expected):
                    yield Row(row.question, row.given, expected, got, home.question)

    def _data(self, row: Row) -> tuple[object, ...]:
        """The arrays among the arguments but for those that are parameters; how many numbers."""
        parameters = self.exercise.differentiable
        data = [value for name, value in row.given.items() if name not in parameters]
        arrays = [value.tobytes() for value in data if isinstance(value, np.ndarray)]
        return (len(row.expected), *arrays)

    def _row(self, question: Question, answer: Answer) -> Row | None:
        try:
            got = numbers(self.exercise, question, answer, self.truth)
            expected = true_numbers(self.exercise, question, self.truth)
        except (ClaimFailure, CourseLibError, ArithmeticError, ValueError):
            return None
        if is_yes_or_no(self.truth.answer(question)):
            return None  # it is right or wrong: no factor, no offset
        if len(got) != len(expected) or not len(expected):
            return None
        return Row(question, named(self.exercise, question), expected, got)

    def _is_rounding(self, question: Question, here: Vector) -> bool:
        """Whether what is left of the truth is less than a change of the inputs' last digits makes.

        A gradient at a best fit is so: its terms cancel, and another order leaves another rest.
        """
        if self.exercise.approximate is not None:
            return False
        moved = nudged(question, self.exercise.close)
        try:
            there = true_numbers(self.exercise, moved, self.truth)
        except (CourseLibError, ArithmeticError, ValueError, ClaimFailure):
            return False
        if there.shape != here.shape:
            return False
        return bool(np.all(np.abs(there - here) > np.abs(here)))


def _cancels(difference: Vector, whole: Vector) -> bool:
    """Whether a difference has lost half of its digits, so that it cannot be compared."""
    return bool((np.abs(difference) < EPS**0.5 * np.abs(whole)).all())


def value_of(due: Answer | Made) -> Any:
    """The value of a right answer; None where it is an object."""
    return due.value if isinstance(due, Answer) else None


def is_yes_or_no(due: Answer | Made) -> bool:
    """Whether a right answer has one bit, so that a few of them tell little."""
    value = value_of(due)
    return isinstance(value, bool) or (
        isinstance(value, Numbers) and value.values.dtype.kind == "b"
    )


def nudged(question: Question, by: float) -> Question:
    """The same question with every number of its arguments moved, relatively, up or down."""
    rng = np.random.default_rng(0)

    def moved(argument: Any) -> Any:
        if isinstance(argument, float):
            return float(argument * (1 + by * rng.choice([-1.0, 1.0])))
        if isinstance(argument, np.ndarray) and argument.dtype.kind == "f":
            return argument * (1 + by * rng.choice([-1.0, 1.0], size=argument.shape))
        return argument

    step = question.steps[-1]
    return with_arguments(question, tuple(map(moved, step.arguments)))


def with_arguments(question: Question, arguments: tuple[Any, ...]) -> Question:
    """The same question with other arguments of its last step."""
    steps = (*question.steps[:-1], replace(question.steps[-1], arguments=arguments))
    return Question(steps, question.takes, question.again)


def named(exercise: Exercise, question: Question) -> Given:
    """The arguments of a call by their names."""
    return dict(zip(exercise.arguments, question.arguments, strict=False))


def true_numbers(exercise: Exercise, question: Question, truth: Truth) -> Vector:
    """The right answer's numbers, flat. Raises ClaimFailure where it has none."""
    answer = truth.answer(question)
    if not isinstance(answer, Answer):
        raise ClaimFailure("numbers", "an object")
    return np.asarray(numbers(exercise, question, answer, truth))
