"""What a claim calls: a student's functions, wherever they run.

student = Student(checks, ask)           # ask(Call) -> Answer, in this process or across a pipe
student.tf_log_like(x, y, m, b, s)       # its numbers
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_lib.calls.answer import Answer, Call
from course_lib.checks.claims import Checks, Exercise
from course_lib.checks.wrong import CallFailed


class Function:
    """How a claim's body sees one of a student's functions.

    `f(*arguments)` gives float64 numbers, `f.gradient(*arguments)` the derivatives, `f.answer`
    the whole answer, with kinds and dtypes. Each raises `CallFailed` where there is none.
    """

    def __init__(self, exercise: Exercise, ask: Callable[[Call], Answer]) -> None:
        self._exercise = exercise
        self._ask = ask

    def __call__(self, *arguments: Any) -> NDArray[np.float64]:
        """The function's numbers for these arguments."""
        return self._exercise.numbers(self._ask(self._exercise.value(*arguments)))

    def gradient(self, *arguments: Any) -> NDArray[np.float64]:
        """The derivatives that TensorFlow takes through the function."""
        return self._exercise.derivatives(self._ask(self._exercise.gradient(*arguments)))

    def answer(self, *arguments: Any) -> Answer:
        """All that came back, with kinds, dtypes and shapes."""
        answer = self._ask(self._exercise.value(*arguments))
        if answer.error is not None:
            raise CallFailed(answer)
        return answer


class Student:
    """The `student` of a claim: each exercise is an attribute. `ask` makes the calls."""

    def __init__(self, checks: Checks, ask: Callable[[Call], Answer]) -> None:
        for exercise in checks.exercises.values():
            setattr(self, exercise.name, Function(exercise, ask))

    def __getattr__(self, name: str) -> Function:
        raise AttributeError(f"{name} is no exercise of this assignment")
