"""Right answers: worked out by an assignment's truths, or read from a record of them.

    truth = Truth(assignment)
    truth.answer(question)               # what a right submission answers
    truth.call("log_prior_scale", m)     # a helper in the assignment's truth.py

Answers are kept, so that a cohort's questions are worked out once. `Recording` notes down all that
is asked; `Recorded` answers from such a record, without any truth's code.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from course_lib.digest import short
from course_lib.errors import AuthorFault, CourseLibError
from course_lib.protocol.perform import Counting, call_here, carry_out
from course_lib.protocol.questions import Answer, Question, Step
from course_lib.protocol.values import (
    CannotCross,
    Named,
    Numbers,
    Seed,
    Value,
    as_value,
    coarse_key,
    key,
    natural,
)

if TYPE_CHECKING:
    from course_lib.claims.assignment import Assignment
    from course_lib.claims.exercise import Exercise


MOST_KEPT = 5_000  # right answers that are kept; a cohort's plan has some hundred


class NotRecorded(CourseLibError):
    """A record of right answers has none to this; the grader, which has the truths, would."""


class Made:
    """In place of a right answer: an object, which stays where it was made."""


OBJECT = Made()


class Truth:
    """The right answers of one assignment, worked out when they are asked for."""

    most_kept = MOST_KEPT

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        self._answers: dict[object, Answer | Made] = {}
        self._calls: dict[object, Any] = {}

    def answer(self, question: Question) -> Answer | Made:
        """What a right submission answers; OBJECT where its last step makes an object.

        Raises what the truth raises for an input that has no right answer.
        """
        found = self._answers.get(question.key)
        if found is None:
            # each wrong hand-in asks about inputs of its own
            if len(self._answers) > self.most_kept:
                self._answers.clear()
            found = self._answers[question.key] = self._work_out(question)
        return found

    def call(self, name: str, arguments: tuple[Any, ...]) -> Any:
        """A helper function of the assignment's `truth.py`, as NumPy and Python have its value."""
        which = (name, *map(key, arguments))
        if which not in self._calls:
            if len(self._calls) > self.most_kept:
                self._calls.clear()
            self._calls[which] = natural(self._call(name, arguments))
        return self._calls[which]

    def _call(self, name: str, arguments: tuple[Any, ...]) -> Value:
        function = self._assignment.helper(name)
        return as_value(function(*(_ready(argument) for argument in arguments)))

    def _work_out(self, question: Question) -> Answer | Made:
        exercises = self._assignment.exercises
        name = question.function
        exercise = exercises[name]
        counting = Counting(call_here)
        plain = replace(question, takes="arrays", steps=tuple(map(_by_name, question.steps)))
        if question.mode == "gradient":
            assert exercise.gradient_truth is not None
            derivatives = exercise.gradient_truth(*(_ready(a) for a in question.arguments))
            parts = [np.asarray(part, dtype=np.float64)[()] for part in derivatives]
            if len(parts) != len(exercise.differentiable):
                problem = f"the gradient of {name} has {len(parts)} parts"
                step = f"return one for each of: {', '.join(exercise.differentiable)}"
                raise exercise.place.fault(problem, step)
            value: Value = tuple(map(as_value, parts))
        elif exercise.variable:
            value = as_value(exercise.truth())
        else:
            made = carry_out({name: exercise.truth}, plain, counting)
            try:
                value = as_value(made)
            except CannotCross:
                return OBJECT
        if question.takes == "tensors":
            value = _as_tensors(value)
        return Answer(value, asked=tuple(counting.asked), count=counting.count)


def _by_name(step: Step) -> Step:
    """The step with the names of named functions: a truth looks them up, without TensorFlow."""
    return replace(
        step, arguments=tuple(a.name if isinstance(a, Named) else a for a in step.arguments)
    )


def _ready(argument: Any) -> Any:
    """An argument as a truth takes it: arrays that nobody may change, generators from seeds."""
    return np.random.default_rng(argument.seed) if isinstance(argument, Seed) else argument


def _as_tensors(value: Value) -> Value:
    match value:
        case Numbers():
            return Numbers("tensor", value.dtype, value.values)
        case bool() | None | str():
            return value
        case int() | float():
            return Numbers("tensor", "float64", np.asarray(float(value)))
        case tuple():
            return tuple(map(_as_tensors, value))
        case list():
            return list(map(_as_tensors, value))
    return value


def name_of_question(question: Question) -> bytes:
    """The short name under which an answer is recorded."""
    steps = [(s.do, s.name, s.of, s.by, *map(coarse_key, s.arguments)) for s in question.steps]
    return bytes.fromhex(short((question.takes, question.again, steps)))


def name_of_call(name: str, arguments: tuple[Any, ...]) -> bytes:
    """The short name under which a helper's value is recorded."""
    return bytes.fromhex(short((name, *map(coarse_key, arguments))))


class Recording(Truth):
    """Works right answers out, each once, and notes them down for `Recorded`."""

    most_kept = sys.maxsize

    def __init__(self, assignment: Assignment) -> None:
        super().__init__(assignment)
        self.answers: dict[str, dict[bytes, Answer | Made]] = {}  # by exercise
        self.calls: dict[bytes, Value] = {}

    def _work_out(self, question: Question) -> Answer | Made:
        answer = super()._work_out(question)
        self.answers.setdefault(question.function, {})[name_of_question(question)] = answer
        return answer

    def _call(self, name: str, arguments: tuple[Any, ...]) -> Value:
        value = super()._call(name, arguments)
        self.calls[name_of_call(name, arguments)] = as_value(natural(value))
        return value


def asks_about_an_answer(exercise: Exercise, error: NotRecorded) -> AuthorFault:
    """What is wrong where a student's package lacks what a claim asks: it cannot know answers."""
    problem = f"a claim about {exercise.name} asks the truth about a student's answer: {error}"
    return exercise.place.fault(problem, "ask it about the claim's inputs only")


class Answers(Protocol):
    """What `Recorded` reads: a `record.Record`."""

    def answer(self, exercise: str, which: bytes) -> Answer | Made | None:
        """A recorded answer, OBJECT, or None where there is none."""

    def called(self, which: bytes) -> tuple[Value] | None:
        """What a helper gave, in a tuple of its own; None where that is not recorded."""


class Recorded(Truth):
    """Answers from a record. Raises NotRecorded for what is not in it."""

    def __init__(self, assignment: Assignment, record: Answers) -> None:
        super().__init__(assignment)
        self._record = record

    def _work_out(self, question: Question) -> Answer | Made:
        found = self._record.answer(question.function, name_of_question(question))
        if found is None:
            raise NotRecorded(f"no right answer of {question.function} is recorded for this input")
        return found

    def _call(self, name: str, arguments: tuple[Any, ...]) -> Value:
        found = self._record.called(name_of_call(name, arguments))
        if found is None:
            raise NotRecorded(f"no value of {name} is recorded for this input")
        return found[0]
