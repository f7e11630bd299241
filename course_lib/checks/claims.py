"""What a claim is, and how a file of claims is written.

A claim is a sentence that is true of every right answer to one exercise, written as a hypothesis
property over a `student`:

    CHECKS = Checks("00_worksheet")
    tf_log_like = CHECKS.exercise("tf_log_like", points=3, arguments="x y m b s",
                                  takes="tensors", returns=Returns.SCALAR,
                                  reference=log_like, differentiable="m b s",
                                  reference_gradient=log_like_gradient)

    @tf_log_like.claim(points=0.5, line=LINES)
    def test_adds_up_over_splits(student, line):
        '''Two halves of the data add up to the whole.'''
        ...
        agree(left + right, whole, tolerance=...)

The decorated function is an ordinary hypothesis test that pytest collects; the undecorated body
stays at hand, so that the grader can try it on draws that were made once for a cohort. Bodies do
not draw, and they ask the student before they compute, so that all questions can be sent at once.
"""

from __future__ import annotations

import enum
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import hypothesis
import numpy as np
from hypothesis import Verbosity
from hypothesis.strategies import SearchStrategy
from numpy.typing import ArrayLike, NDArray

from course_lib.calls.answer import Answer, Call, Takes
from course_lib.checks.steady import steady
from course_lib.checks.wrong import CallFailed, Wrong, describe

Body = Callable[..., None]
Inputs = dict[str, Any]

steady()
SETTINGS = hypothesis.settings(
    deadline=None,  # the grader's own clock decides
    database=None,  # a run leaves nothing behind and depends on nothing but its seed
    max_examples=10,
    report_multiple_bugs=False,
    suppress_health_check=list(hypothesis.HealthCheck),
)


class Returns(enum.Enum):
    """What a signature says is returned, and how a student reads it."""

    SCALAR = "one float64 tensor without axes"
    TRIPLE = "three float64 tensors without axes"
    VECTOR3 = "an array of three numbers"
    PAIR = "two numbers"

    @property
    def size(self) -> int:
        """How many numbers that is."""
        return {"SCALAR": 1, "TRIPLE": 3, "VECTOR3": 3, "PAIR": 2}[self.name]


@dataclass(frozen=True, eq=False)
class Claim:
    """One sentence about one exercise. `body(student, **inputs)` raises `Wrong` where it fails."""

    exercise: Exercise
    name: str
    sentence: str
    points: float
    gate: bool
    relative: bool
    draws: int
    always: tuple[Inputs, ...]
    strategies: Mapping[str, SearchStrategy[Any]]
    body: Body

    @property
    def sharing(self) -> list[Claim]:
        """The exercise's claims that are given the very same strategy objects, this one among them.

        They draw the same inputs, so that a question is put once for all of them.
        """
        return [
            other
            for other in self.exercise.claims
            if other.strategies.keys() == self.strategies.keys()
            and all(other.strategies[name] is self.strategies[name] for name in self.strategies)
        ]

    def test(
        self,
        body: Body,
        *,
        seed: int | None = None,
        draws: int | None = None,
        phases: tuple[hypothesis.Phase, ...] = tuple(hypothesis.Phase),
        always: bool = True,
    ) -> Body:
        """`body` as a hypothesis test over this claim's inputs, the `always` ones first.

        With a seed it is the grader's, which shows what fails in a verdict: it prints nothing.
        """
        test: Body = hypothesis.given(**self.strategies)(body)
        for inputs in reversed(self.always if always else ()):
            test = hypothesis.example(**inputs)(test)
        if seed is not None:
            test = hypothesis.seed(seed)(test)
        settings = hypothesis.settings(
            SETTINGS,
            max_examples=draws or self.draws,
            phases=phases,
            verbosity=Verbosity.normal if seed is None else Verbosity.quiet,
        )
        return settings(test)


@dataclass(eq=False)
class Exercise:
    """One graded function: its signature, its truth, and the claims about it, in their order.

    `reference(*arguments)` is the NumPy truth with the same arguments; for a function that
    TensorFlow must be able to differentiate, `reference_gradient` gives the derivatives by the
    arguments named in `differentiable`. up_to_a_constant: a right answer may add one of its
    author's, the same for all parameters.
    """

    name: str
    points: float
    arguments: tuple[str, ...]
    takes: Takes
    returns: Returns
    reference: Callable[..., ArrayLike]
    differentiable: tuple[str, ...] = ()
    reference_gradient: Callable[..., ArrayLike] | None = None
    up_to_a_constant: bool = False
    claims: list[Claim] = field(default_factory=list)

    def claim(
        self,
        *,
        points: float,
        gate: bool = False,
        relative: bool = False,
        draws: int = 10,
        always: tuple[Inputs, ...] = (),
        **strategies: SearchStrategy[Any],
    ) -> Callable[[Body], Body]:
        """Register a body `test_NAME(student, **inputs)` as a claim, and make it a pytest test.

        gate: nothing of this exercise earns a point unless this claim holds. A gate says what an
        answer must do to be recognisable at all, so that nonsense (a constant, the input, zero)
        earns nothing whatever symmetries it happens to have.
        draws: how many inputs; every one costs each submission a question or more, so there are as
        many as tell the bank's mistakes apart, and a gate is not passed by chance.
        relative: what is expected follows from the student's own other answers, and is said so.
        always: inputs that are tried every time, before the drawn ones.
        """

        def register(body: Body) -> Body:
            name = body.__name__.removeprefix("test_")
            sentence = inspect.cleandoc(body.__doc__ or "").partition("\n\n")[0]
            if not sentence:
                raise ValueError(f"claim {name} of {self.name} has no docstring for students")
            claim = Claim(
                self,
                name,
                " ".join(sentence.split()),
                points,
                gate,
                relative,
                draws,
                always,
                strategies,
                body,
            )
            self.claims.append(claim)
            test = claim.test(body)
            test.claim = claim  # type: ignore[attr-defined]  # how pytest's plug-in finds it
            return test

        return register

    def value(self, *arguments: Any) -> Call:
        """The request for this function's value."""
        return Call(self.name, "value", arguments, self.takes)

    def gradient(self, *arguments: Any) -> Call:
        """The request for its derivatives, which TensorFlow takes in the student's process."""
        by = tuple(self.arguments.index(name) for name in self.differentiable)
        return Call(self.name, "gradient", arguments, self.takes, by)

    def true_answer(self, call: Call) -> Answer:
        """What a right function answers to `call`."""
        if call.mode == "gradient":
            assert self.reference_gradient is not None
            return Answer.of_values(
                *np.asarray(self.reference_gradient(*call.arguments)), container="tuple"
            )
        value = np.asarray(self.reference(*call.arguments), dtype=np.float64)
        match self.returns:
            case Returns.SCALAR:
                return Answer.of_values(value)
            case Returns.TRIPLE:
                return Answer.of_values(*value, container="tuple")
            case Returns.VECTOR3:
                return Answer.of_values(value, kind="array")
            case Returns.PAIR:
                return Answer.of_values(*value, container="tuple", kind="number")

    def numbers(self, answer: Answer) -> NDArray[np.float64]:
        """An answer's numbers: a scalar for SCALAR, else `[size]`; raises `Wrong` without them.

        Lenient about the container (a list for a tuple, an array for three tensors, a shape [1]
        for a number): what type was returned is a claim of its own.
        """
        if answer.error is not None:
            raise CallFailed(answer)
        flat = [part.values.ravel() for part in answer.parts if part.kind != "none"]
        values = np.concatenate(flat) if flat else np.empty(0)
        if values.size != self.returns.size:
            raise Wrong(self.returns.value, describe(answer))
        return values.reshape(()) if self.returns is Returns.SCALAR else values

    def derivatives(self, answer: Answer) -> NDArray[np.float64]:
        """A gradient's numbers, `[len(differentiable)]`; raises `Wrong` where one is missing."""
        if answer.error is not None:
            raise CallFailed(answer)
        for name, part in zip(self.differentiable, answer.parts, strict=False):
            if part.kind == "none":
                raise Wrong(
                    f"a derivative by {name}",
                    "None",
                    f"either what you return does not use {name}, or something on the way from "
                    f"{name} to it left TensorFlow",
                )
        values = [part.values.ravel() for part in answer.parts]
        if len(values) != len(self.differentiable) or any(value.size != 1 for value in values):
            raise Wrong(f"{len(self.differentiable)} derivatives", describe(answer))
        return np.concatenate(values)


@dataclass(eq=False)
class Checks:
    """The exercises of one assignment, in their order."""

    assignment: str
    exercises: dict[str, Exercise] = field(default_factory=dict)

    def exercise(
        self,
        name: str,
        *,
        points: float,
        arguments: str,
        takes: Takes,
        returns: Returns,
        reference: Callable[..., ArrayLike],
        differentiable: str = "",
        reference_gradient: Callable[..., ArrayLike] | None = None,
        up_to_a_constant: bool = False,
    ) -> Exercise:
        """Add an exercise; `arguments` and `differentiable` are names with spaces between."""
        exercise = Exercise(
            name,
            points,
            tuple(arguments.split()),
            takes,
            returns,
            reference,
            tuple(differentiable.split()),
            reference_gradient,
            up_to_a_constant,
        )
        self.exercises[name] = exercise
        return exercise

    def validate(self) -> None:
        """Raise ValueError unless every exercise's claims share out exactly its points."""
        for exercise in self.exercises.values():
            shared = sum(claim.points for claim in exercise.claims)
            if abs(shared - exercise.points) > 1e-9:  # sums of quarters and tenths, in floats
                raise ValueError(
                    f"{exercise.name}: its claims share out {shared} of {exercise.points} points"
                )
