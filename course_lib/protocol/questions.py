"""A question to a submission, and its answer.

    question = Question.call("energy", (q, 0.5), takes="tensors")
    question = Question((
        Step("call", "Metric", (v,)),                  # makes an object, which stays there
        Step("method", "velocity", (p,), of=0),        # asks it something
    ))

A question is a small program: steps, each of which may use what an earlier one made. Only what the
last step gives comes back. An answer is a value or the reason why there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from course_lib.protocol.values import Value, describe, key

Do = Literal["call", "gradient", "method", "attribute", "variable"]
Takes = Literal["tensors", "arrays"]


@dataclass(frozen=True, eq=False)
class Step:
    """One step of a question.

    do: "call" a function or class by `name`; "gradient", TensorFlow's derivatives of it with
    respect to the arguments at `by`; a "method" or an "attribute" of what step `of` made; a
    "variable" of the notebook.
    """

    do: Do
    name: str
    arguments: tuple[Any, ...] = ()
    of: int | None = None
    by: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked of a submission.

    takes: "tensors" hands numbers and arrays over as float64 tensors; "arrays" hands every value
    over as it is. again: how often the same was asked before, on purpose.
    """

    steps: tuple[Step, ...]
    takes: Takes = "arrays"
    again: int = 0

    @classmethod
    def call(cls, name: str, arguments: tuple[Any, ...], takes: Takes = "arrays") -> Question:
        """`name(*arguments)`."""
        return cls((Step("call", name, arguments),), takes)

    @property
    def function(self) -> str:
        """The function, class or variable of the notebook that it begins with."""
        return self.steps[0].name

    @property
    def mode(self) -> Literal["value", "gradient"]:
        """Whether derivatives are asked for."""
        return "gradient" if self.steps[-1].do == "gradient" else "value"

    @property
    def simple(self) -> bool:
        """Whether it is one call, so that its arguments say all that there is to it."""
        return len(self.steps) == 1

    @property
    def arguments(self) -> tuple[Any, ...]:
        """The arguments of its last step."""
        return self.steps[-1].arguments

    @cached_property
    def key(self) -> object:
        """Equal for equal questions; numbers are compared by their bits (so -0.0 is not 0.0)."""
        return (self.takes, self.again, self.key_once[1])

    @cached_property
    def key_once(self) -> tuple[str, object]:
        """The same, also equal for the same question asked again."""
        steps = tuple(
            (step.do, step.name, step.of, step.by, *map(key, step.arguments)) for step in self.steps
        )
        return (self.takes, steps)


class Unanswerable(Exception):
    """What a function returned does not cross; the message says what it was."""


@dataclass(frozen=True)
class CallError:
    """Why there is no value.

    kind: "raised" (the function raised), "missing" (no such function), "returned" (something that
    does not cross), "changed" (the argument that it names, in place), "timeout", "crashed" (its
    process ended) or "garbled" (its words broke the protocol).
    `lines` are the student's own lines of the traceback.
    """

    kind: str
    message: str
    lines: str = ""


@dataclass(frozen=True, eq=False)
class Answer:
    """What came back: a value or an error; and what its function asked of callbacks, in order.

    asked: the arguments of each call of a callback, as far as they are kept; `count` counts all.
    """

    value: Value = None
    error: CallError | None = None
    asked: tuple[tuple[Any, ...], ...] = ()
    count: int = 0

    @classmethod
    def failed(cls, kind: str, message: str, lines: str = "") -> Answer:
        """An answer without a value, and why."""
        return cls(error=CallError(kind, message, lines))

    def describe(self) -> str:
        """What was returned, in words: `a tuple of 2: float32 tensor [], float`."""
        return describe(self.value)
