"""What a claim calls: a student's functions, wherever they run.

student = StudentProxy(assignment, ask, truth)   # ask(Question) -> Answer, here or elsewhere
student.leapfrog(grad, q, p, step, n)            # its numbers, as the right answer has them
student.Metric(v).velocity(p)                    # a method of an object that stays there
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.claims.assignment import Assignment
from course_lib.claims.conform import Came, conform
from course_lib.claims.exercise import Exercise
from course_lib.claims.failures import CallFailed, ClaimFailure
from course_lib.claims.truth import OBJECT, Made, NotRecorded, Truth
from course_lib.protocol.perform import KEPT
from course_lib.protocol.questions import Answer, Question, Step
from course_lib.protocol.values import (
    Ref,
    Value,
    as_argument,
    beyond_floats,
    natural,
    numbers_of,
)

Ask = Callable[[Question], Answer]


class FunctionProxy:
    """How a claim's body sees one of a student's functions.

    `f(*arguments)` gives its value, read as the right answer is; `f.gradient(*arguments)` the
    derivatives; `f.answer(*arguments)` all that came back, with kinds, dtypes and shapes;
    `f.asked(*arguments)` what it asked of the callbacks among its arguments; `f.again(*arguments)`
    the value once more, asked anew. Each raises ClaimFailure where there is none.
    """

    def __init__(self, exercise: Exercise, ask: Ask, truth: Truth) -> None:
        self._exercise, self._ask, self._truth = exercise, ask, truth

    def __call__(self, *arguments: Any) -> Any:
        """The function's value for these arguments; for a class, an object to ask."""
        if self._exercise.makes_objects:
            return ObjectProxy.made(self._exercise, arguments, self._truth, self._read)
        return self._read(self._exercise.question(*arguments))

    def again(self, *arguments: Any) -> Any:
        """The value once more: the same question, put a second time."""
        question = self._exercise.question(*arguments)
        return self._read(Question(question.steps, question.takes, again=1))

    def gradient(self, *arguments: Any) -> NDArray[np.float64]:
        """The derivatives that TensorFlow takes through the function, `[k]`."""
        answer = self._ask(self._exercise.gradient_question(*arguments))
        return derivatives(self._exercise, answer)

    def answer(self, *arguments: Any) -> Answer:
        """All that came back; `answer.value` has kinds, dtypes and shapes."""
        answer = self._ask(self._exercise.question(*arguments))
        if answer.error is not None:
            raise CallFailed(answer)
        if answer.value is None:
            raise CallFailed(Answer.failed("returned", "None: is a `return` missing?"))
        return answer

    def asked(self, *arguments: Any) -> list[tuple[Any, ...]]:
        """The arguments with which it called the callbacks among `arguments`, in order."""
        answer = self._ask(self._exercise.question(*arguments))
        if answer.error is not None:
            raise CallFailed(answer)
        if answer.count > len(answer.asked):
            raise ClaimFailure(
                f"at most {KEPT:,} calls of its functions", f"{answer.count:,} calls"
            )
        return Came(map(natural, answer.asked), f"{answer.count} calls of its functions")

    def _read(self, question: Question) -> Any:
        return value_of(self._ask(question), question, self._truth)


def value_of(answer: Answer, question: Question, truth: Truth) -> Any:
    """An answer's value, read as the right one is. Raises ClaimFailure where it cannot be.

    A student's package has no right answer to a question about that student's own answer, such as
    whether the way back leads to the start: what came is then read as it is.
    """
    try:
        due = truth.answer(question)
    except NotRecorded:
        return conform(answer, _as_it_is(answer))
    assert isinstance(due, Answer)
    return conform(answer, due.value)


def _as_it_is(answer: Answer) -> Value:
    """An answer's value, with a list as the tuple that it stands for; a number where it is None."""
    if answer.value is None:
        return 0.0
    return tuple(answer.value) if isinstance(answer.value, list) else answer.value


def derivatives(exercise: Exercise, answer: Answer) -> NDArray[np.float64]:
    """A gradient's numbers, `[k]`: those with respect to an array follow each other, row by row.

    Raises `ClaimFailure` where one is missing.
    """
    if answer.error is not None:
        raise CallFailed(answer)
    value = answer.value if isinstance(answer.value, (tuple, list)) else (answer.value,)
    for name, part in zip(exercise.differentiable, value, strict=False):
        if part is None:
            raise ClaimFailure(
                f"a derivative with respect to {name}",
                "None",
                f"Either what you return does not use {name}, or something on the way from "
                f"{name} to it left TensorFlow.",
            )
    parts = [numbers_of(part) for part in value]
    if len(parts) != len(exercise.differentiable) or any(part is None for part in parts):
        raise ClaimFailure(f"{len(exercise.differentiable)} derivatives", answer.describe())
    return np.concatenate([part.ravel() for part in parts if part is not None])


class ObjectProxy:
    """An object of a student's class, which stays where it is made.

    Its methods are asked one after the other; each question repeats all that was called before,
    so that an object with a state is in it. A method that returns another object gives a proxy.
    """

    def __init__(
        self,
        takes: Any,
        steps: list[Step],
        at: int,
        truth: Truth,
        read: Callable[[Question], Any],
    ) -> None:
        self._takes, self._steps, self._at = takes, steps, at
        self._truth, self._read = truth, read

    @classmethod
    def made(
        cls,
        exercise: Exercise,
        arguments: tuple[Any, ...],
        truth: Truth,
        read: Callable[[Question], Any],
    ) -> ObjectProxy:
        """The object that `exercise(*arguments)` makes."""
        step = Step("call", exercise.name, tuple(map(as_argument, arguments)))
        return cls(exercise.takes, [step], 0, truth, read)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *arguments: self._ask(Step("method", name, self._sent(arguments), self._at))

    def attribute(self, name: str) -> Any:
        """The value of one of its attributes."""
        return self._ask(Step("attribute", name, (), self._at))

    def _sent(self, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            Ref(argument._at) if isinstance(argument, ObjectProxy) else as_argument(argument)
            for argument in arguments
        )

    def _ask(self, step: Step) -> Any:
        self._steps.append(step)
        question = Question(tuple(self._steps), self._takes)
        if self._truth.answer(question) is OBJECT:
            at = len(self._steps) - 1
            return ObjectProxy(self._takes, self._steps, at, self._truth, self._read)
        return self._read(question)


class StudentProxy:
    """The `student` of a claim: each exercise is an attribute. `ask` puts the questions."""

    def __init__(self, assignment: Assignment, ask: Ask, truth: Truth) -> None:
        self._assignment, self._ask, self._truth = assignment, ask, truth

    def __getattr__(self, name: str) -> FunctionProxy:
        exercise = None if name.startswith("_") else self._assignment.exercises.get(name)
        if exercise is None:
            raise AttributeError(f"there is no exercise {name} in this assignment")
        return FunctionProxy(exercise, self._ask, self._truth)


def right_student(assignment: Assignment, truth: Truth, note: Ask | None = None) -> StudentProxy:
    """A student without mistakes. note: sees each question before it is answered."""

    def answer(question: Question) -> Answer:
        if note is not None:
            note(question)
        return right_answer(truth, question)

    return StudentProxy(assignment, answer, truth)


def right_answer(truth: Truth, question: Question) -> Answer:
    """What crosses from a student without mistakes: an object stays where it was made."""
    due = truth.answer(question)
    return Answer.failed("returned", "an object") if isinstance(due, Made) else due


def numbers(
    exercise: Exercise, question: Question, answer: Answer, truth: Truth
) -> NDArray[np.float64]:
    """The float64 numbers of an answer, flat. Raises ClaimFailure where it has none.

    For explanations, which compare numbers in any container.
    """
    if question.mode == "gradient":
        return derivatives(exercise, answer)
    due = truth.answer(question)
    exact = isinstance(due, Answer) and beyond_floats(due.value)
    found = None if exact else numbers_of(value_of(answer, question, truth))
    if found is None:
        raise ClaimFailure("numbers", answer.describe())
    return found
