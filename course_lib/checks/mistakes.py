"""Names a mistake: a submission's answers are compared with those of every known mistake.

    known.name(answers)     # Mistake(slug="mean_for_sum", sentence="Two halves …")
    known.find(ask)         # the same, asking no more than it takes

What is compared are *errors*, answer minus truth, so that a mistake in the eighth digit is told
from one in the first. Where all numbers are right, what kind of thing came back is compared
instead. A mistake is named when its errors are the submission's on nearly all inputs on which
either is wrong, and no other mistake fits as well. Mistakes that no input tells apart count as one;
the shortest speaks for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from course_lib.calls.answer import Answer, Argument, Call
from course_lib.checks.claims import Exercise
from course_lib.checks.wrong import Wrong, describe

# Two programs with one mistake differ by rounding; two mistakes differ by more than a hundredth of
# the error that they make. In between nothing is lost: where all fit, the closest is named.
CLOSE = 0.01
# Rounding on an input: some times what the instructor's own solution is off, and never below a few
# units of float64 in the answer itself, or in any of the numbers that it is made from. The same
# formula written another way is off by as much: at an ill-conditioned input that is much.
EPS = float(np.finfo(np.float64).eps)
ROUNDING, FLOOR = 32.0, 64 * EPS
STEP, TRIES = 2.0**-24, 3  # relative change of the inputs by which conditioning is measured
# Of the inputs on which something is wrong, the share that must fit. The rest is for inputs at
# which rounding is larger than the solution's own happened to be.
SHARE = 0.9
PORTION = {"tensors": 8, "arrays": 2}  # questions at a time: a fit costs a hundred likelihoods


@dataclass(frozen=True)
class Mistake:
    """One known mistake: what it is called, what a student reads, how long its code is."""

    slug: str
    sentence: str
    length: int


@dataclass(frozen=True, eq=False)
class Signature:
    """Answers to a list of calls as arrays.

    numbers: ``[calls, width]``, NaN where there are none. labels: ``[calls]``, why there are none,
    or empty. kinds: ``[calls]``, what kind of thing came back.
    """

    numbers: NDArray[np.float64]
    labels: NDArray[np.str_]
    kinds: NDArray[np.str_]

    @classmethod
    def of(cls, exercise: Exercise, calls: Sequence[Call], answers: Sequence[Answer]) -> Signature:
        """Describe one function's answers."""
        width = max(exercise.returns.size, len(exercise.differentiable), 1)
        numbers = np.full((len(calls), width), np.nan)
        labels, kinds = [], []
        for row, call, answer in zip(numbers, calls, answers, strict=True):
            label = ""
            try:
                read = exercise.derivatives if call.mode == "gradient" else exercise.numbers
                found = np.atleast_1d(read(answer))
                row[: len(found)] = found
                row[len(found) :] = 0.0
            except Wrong:
                label = _any_sequence(_why(answer))
                if call.mode == "gradient":  # some derivatives may be there, others None
                    row[: len(answer.parts)] = [_number(part.values) for part in answer.parts][
                        :width
                    ]
            labels.append(label[:LONGEST])
            kinds.append(("" if answer.error else _any_sequence(describe(answer)))[:LONGEST])
        return cls(numbers, np.array(labels, dtype=str), np.array(kinds, dtype=str))


def _number(values: NDArray[np.float64]) -> float:
    """The number, or NaN where there is none, or more than one."""
    return float(values.item()) if values.size == 1 else np.nan


LONGEST = 120  # characters of a label that count


def _any_sequence(said: str) -> str:
    """What came back, where a list is as good as a tuple."""
    return said.replace("list", "tuple")


def _why(answer: Answer) -> str:
    """Why there are no numbers: of an exception its type, for its words may quote the input."""
    if answer.error is None:
        return describe(answer)
    if answer.error.kind == "raised":
        return f"raised {answer.error.message.split(':')[0].split('.')[-1]}"
    return f"{answer.error.kind} {answer.error.message.split(':')[0]}"


@dataclass(eq=False)
class Known:
    """The mistakes of one exercise with their answers to its `calls`.

    solution: the instructor's answers. `of` is in the order of `mistakes`.
    """

    exercise: Exercise
    calls: Sequence[Call]
    solution: Signature
    mistakes: Sequence[Mistake]
    of: Sequence[Signature]

    @cached_property
    def truth(self) -> Signature:
        """What a right function answers."""
        answers = [self.exercise.true_answer(call) for call in self.calls]
        return Signature.of(self.exercise, self.calls, answers)

    @cached_property
    def noise(self) -> NDArray[np.float64]:
        """How far a right answer may be from the truth, ``[calls, width]``."""
        truth = np.abs(self.truth.numbers)
        own = np.abs(self.solution.numbers - self.truth.numbers)
        return ROUNDING * np.nan_to_num(own) + FLOOR * (truth + self._condition)

    @cached_property
    def _condition(self) -> NDArray[np.float64]:
        """How much the truth changes, for each relative change of one argument: ``[calls, width]``.

        All numbers of one argument at a time are moved by STEP, each up or down; summed over the
        arguments, the largest of some tries.
        """
        rng = np.random.default_rng(TRIES)
        found = np.zeros_like(self.truth.numbers)
        for row, call, truth in zip(found, self.calls, self.truth.numbers, strict=True):
            for place, argument in enumerate(call.arguments):
                value = np.asarray(argument)
                changes = []
                for _ in range(TRIES if value.ndim else 1):
                    moved = value * (1 + STEP * rng.choice([-1.0, 1.0], size=value.shape))
                    arguments = list(call.arguments)
                    arguments[place] = moved if value.ndim else float(moved)
                    changes.append(np.abs(self._right(call, arguments) - truth))
                row += np.nan_to_num(np.max(changes, axis=0)) / STEP
        return found

    def _right(self, call: Call, arguments: list[Argument]) -> NDArray[np.float64]:
        other = replace(call, arguments=tuple(arguments))
        answer = self.exercise.true_answer(other)
        return Signature.of(self.exercise, [other], [answer]).numbers[0]

    def name(self, answers: Sequence[Answer]) -> Mistake | None:
        """The mistake that answers so to `calls`; None where none does, or several do."""
        given = Signature.of(self.exercise, self.calls, answers)
        scores = np.array([self._likeness(given, other) for other in self.of])
        if not len(scores) or scores.max() < SHARE:
            return None
        best = np.flatnonzero(scores == scores.max())
        speaks = self.groups[best[0]]
        if any(self.groups[k] != speaks for k in best):
            return None
        return self.mistakes[speaks]

    def find(self, ask: Callable[[list[Call]], list[Answer]]) -> Mistake | None:
        """What `name` says of the answers that `ask` gives; it stops where nothing fits any more.

        Most functions fail because another one does, and their own mistake is not a known one.
        """
        answers: list[Answer] = []
        while len(answers) < len(self.calls):
            first = len(answers)
            answers += ask(list(self.calls[first : first + PORTION[self.exercise.takes]]))
            if not self._may_fit(answers):
                return None
        return self.name(answers)

    def _may_fit(self, answers: Sequence[Answer]) -> bool:
        """Whether some mistake can still fit, as far as these first answers tell."""
        open_ = [Answer.failed("missing", "not asked yet")] * (len(self.calls) - len(answers))
        given = Signature.of(self.exercise, self.calls, [*answers, *open_])
        unlike = (self.apart(given, other)[: len(answers)].sum() for other in self.of)
        return any(1 - count / len(self.calls) >= SHARE for count in unlike)

    @cached_property
    def groups(self) -> list[int]:
        """For each mistake the one that speaks for it: the shortest of those that behave alike."""
        order = sorted(
            range(len(self.mistakes)),
            key=lambda k: (self.mistakes[k].length, self.mistakes[k].slug),
        )
        speaker = list(range(len(self.mistakes)))
        for position, k in enumerate(order):
            for earlier in order[:position]:
                if (
                    speaker[earlier] == earlier
                    and self._likeness(self.of[k], self.of[earlier]) == 1
                ):
                    speaker[k] = earlier
                    break
        return speaker

    def same_as_solution(self, given: Signature) -> bool:
        """Whether no input tells these answers from the instructor's."""
        return not self._wrong(given).any() and not self._odd(given).any()

    def _wrong(self, given: Signature) -> NDArray[np.bool_]:
        """On which calls the numbers are wrong, or missing: ``[calls]``."""
        off = ~(np.abs(given.numbers - self.truth.numbers) <= self.noise)
        return np.asarray((off & (given.numbers != self.truth.numbers)).any(axis=1))

    def _odd(self, given: Signature) -> NDArray[np.bool_]:
        """On which calls another kind of thing came back than from the solution: ``[calls]``."""
        return np.asarray(given.kinds != self.solution.kinds)

    def apart(self, given: Signature, other: Signature) -> NDArray[np.bool_]:
        """The calls that tell the two apart: ``[calls]``."""
        telling, same = self._compared(given, other)
        return telling & ~same

    def _likeness(self, given: Signature, other: Signature) -> float:
        """The share of telling inputs on which both go wrong in the same way."""
        telling, same = self._compared(given, other)
        return float(np.mean(same[telling])) if telling.any() else 0.0

    def _compared(
        self, given: Signature, other: Signature
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """The inputs on which either goes wrong, and those on which both do in the same way.

        Where all numbers of both are right, what kind of thing came back is compared instead.
        """
        wrong, other_wrong = self._wrong(given), self._wrong(other)
        if not wrong.any() and not other_wrong.any():
            return self._odd(given) | self._odd(other), np.asarray(given.kinds == other.kinds)
        same = (given.labels == other.labels) & self._same_numbers(given, other)
        return wrong | other_wrong, same & (wrong.any() == other_wrong.any())

    def _same_numbers(self, given: Signature, other: Signature) -> NDArray[np.bool_]:
        a, b, truth = given.numbers, other.numbers, self.truth.numbers
        with np.errstate(all="ignore"):
            size = np.maximum(np.abs(a - truth), np.abs(b - truth))
            close = np.isfinite(size) & (np.abs(a - b) <= CLOSE * size + self.noise)
        return np.asarray((close | (a == b) | (np.isnan(a) & np.isnan(b))).all(axis=1))
