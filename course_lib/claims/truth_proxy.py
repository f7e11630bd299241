"""What a claim asks for right values: its exercise's truth, other exercises', and helpers.

truth(x, y, m, b, s)                     # the exercise's own truth
truth.gradient(x, y, m, b, s)            # its derivatives
truth.standard_errors(x, s)              # a public function of the assignment's truth.py
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib.claims.assignment import Assignment
from course_lib.claims.student_proxy import ObjectProxy, derivatives
from course_lib.claims.truth import Made, Truth
from course_lib.protocol.questions import Answer, Question
from course_lib.protocol.values import Numbers, Value, as_argument, natural


class TruthProxy:
    """The `truth` of a claim: `truth(...)` is its exercise's own, `truth.name(...)` another.

    `truth.gradient(...)` are its derivatives, `[k]`. Values are NumPy's and Python's own; arrays
    cannot be changed.
    """

    def __init__(self, truth: Truth, assignment: Assignment, exercise: str) -> None:
        self._truth, self._assignment, self._exercise = truth, assignment, exercise

    def __call__(self, *arguments: Any) -> Any:
        """The right value for these arguments."""
        return self._of(self._exercise)(*arguments)

    def gradient(self, *arguments: Any) -> Any:
        """The right derivatives, float64 `[k]`."""
        exercise = self._assignment.exercises[self._exercise]
        answer = self._truth.answer(exercise.gradient_question(*arguments))
        assert isinstance(answer, Answer)
        return derivatives(exercise, answer)

    def asked(self, *arguments: Any) -> list[tuple[Any, ...]]:
        """What the truth asks of the callbacks among `arguments`, in order."""
        exercise = self._assignment.exercises[self._exercise]
        answer = self._truth.answer(exercise.question(*arguments))
        assert isinstance(answer, Answer)
        return [natural(each) for each in answer.asked]

    def right(self, question: Question) -> Answer | Made:
        """The right answer to any question of the assignment's."""
        return self._truth.answer(question)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._of(name)

    def _of(self, name: str) -> Callable[..., Any]:
        exercise = self._assignment.exercises.get(name)
        if exercise is None:
            return lambda *arguments: self._truth.call(name, tuple(map(_settled, arguments)))
        if exercise.makes_objects:
            return lambda *arguments: ObjectProxy.made(
                exercise, arguments, self._truth, lambda question: _value_of(self._truth, question)
            )
        return lambda *arguments: _value_of(self._truth, exercise.question(*arguments))


def _settled(argument: Any) -> Any:
    """An argument of a helper: a number of NumPy's as Python's own, all else as it is."""
    return as_argument(argument) if isinstance(argument, np.generic) else argument


def _value_of(truth: Truth, question: Question) -> Any:
    answer = truth.answer(question)
    assert isinstance(answer, Answer)
    return _plain(answer.value)


def _plain(value: Value) -> Any:
    """A right answer for arithmetic: tensors as arrays, tuples of single numbers as one array."""
    if isinstance(value, Numbers):
        return value.values
    if isinstance(value, tuple) and value and all(_single(item) for item in value):
        return np.array([float(natural(item)) for item in value])
    return natural(value)


def _single(value: Value) -> bool:
    return (isinstance(value, float)) or (
        isinstance(value, Numbers) and not value.values.shape and value.values.dtype.kind == "f"
    )
