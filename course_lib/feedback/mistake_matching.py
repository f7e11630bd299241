"""Names a mistake: a submission's answers are compared with those of every known mistake.

    known.names(answers, truth)    # (KnownMistake(slug="mean_for_sum", sentence="Two halves …"),)
    known.find(ask, truth)         # the same, and it stops asking once no mistake can fit

The *errors* are compared, answer minus truth, so that a mistake in the eighth digit is told from
one in the first; of a log density, which is right up to a constant, without it. Where all numbers
are right, the kind of what came back is compared instead. A mistake is named if its errors are the
submission's on at least nine in ten of the inputs on which either is wrong, and no other mistake
fits better. Mistakes that no input tells apart are one group, named by the shortest. Two groups
that fit equally well are both named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from course_lib.claims.exercise import Exercise
from course_lib.claims.truth import Truth
from course_lib.feedback.signature import (
    Signature,
    answer_or_none,
    noise_of,
    width_of,
    without_constant,
)
from course_lib.protocol.questions import Answer, Question

# Two programs with one mistake differ by rounding; two mistakes differ by more than a hundredth of
# the error that they make. In between nothing is lost: where all fit, the closest is named.
CLOSE = 0.01
# Of the inputs on which something is wrong, the share that must fit. The rest is for inputs at
# which rounding is larger than the solution's own happened to be.
SHARE = 0.9
PORTION, SLOW_PORTION = 8, 2  # questions at a time
TINY = 1e-6  # of the truth: smaller answers are nothing beside it
MOST = 2  # mistakes that are named together
# Inputs that must tell, where a function gives no more than two different answers, such as yes and
# no: one in 64 of the functions that give them by chance agrees on six.
FEW_ANSWERS, TELLING = 2, 6


@dataclass(frozen=True)
class KnownMistake:
    """One known mistake: what it is called, what a student reads, how long its code is."""

    slug: str
    sentence: str
    length: int


@dataclass(eq=False)
class KnownMistakes:
    """The mistakes of one exercise with their answers to its `questions`.

    solution: the instructor's answers. `of` is in the order of `mistakes`. truth: right answers.
    noise: how far a right answer may be from the truth, ``[questions, width]``.
    """

    exercise: Exercise
    questions: Sequence[Question]
    solution: Signature
    mistakes: Sequence[KnownMistake]
    of: Sequence[Signature]
    truth: Signature
    noise: NDArray[np.float64]

    @classmethod
    def compare(
        cls,
        exercise: Exercise,
        questions: Sequence[Question],
        answers: Sequence[Sequence[Answer]],
        mistakes: Sequence[KnownMistake],
        truth: Truth,
    ) -> KnownMistakes:
        """From the answers of the solution, and then of each mistake, to every question."""
        width = width_of(exercise, questions, truth)
        due = [answer_or_none(truth, question) for question in questions]
        right, *given = (
            Signature.of(exercise, questions, each, truth, width) for each in (due, *answers)
        )
        if exercise.up_to_a_constant:
            given = [without_constant(questions, each, right) for each in given]
        noise = noise_of(exercise, questions, right, given[0], truth)
        return cls(exercise, questions, given[0], mistakes, given[1:], right, noise)

    def signature(self, answers: Sequence[Answer], truth: Truth) -> Signature:
        """Describe a submission's answers to the questions."""
        width = self.truth.numbers.shape[1]
        given = Signature.of(self.exercise, self.questions, answers, truth, width)
        if not self.exercise.up_to_a_constant:
            return given
        return without_constant(self.questions, given, self.truth)

    def names(self, answers: Sequence[Answer], truth: Truth) -> tuple[KnownMistake, ...]:
        """The mistakes that answer so to `questions`: mostly one or none, at most `MOST`."""
        given = self.signature(answers, truth)
        scores = np.array([self._likeness(given, other) for other in self.of])
        if not len(scores) or scores.max() < SHARE:
            return ()
        best = np.flatnonzero(scores == scores.max())
        speakers = sorted({self.groups[k] for k in best})
        if len(speakers) > MOST or not self._is_evidence(given, self.of[best[0]]):
            return ()
        return tuple(self.mistakes[k] for k in speakers)

    def _is_evidence(self, given: Signature, other: Signature) -> bool:
        """Whether agreeing with a mistake says enough, which a few answers of yes or no do not."""
        if given.different > FEW_ANSWERS:
            return True
        telling, _ = self._compared(given, other)
        return int(telling.sum()) >= min(TELLING, len(self.questions))

    def find(
        self, ask: Callable[[list[Question]], list[Answer]], truth: Truth
    ) -> tuple[KnownMistake, ...]:
        """What `names` says of the answers that `ask` gives; it stops where nothing fits any more.

        Most functions fail because another one does, and their own mistake is not a known one.
        """
        answers: list[Answer] = []
        portion = SLOW_PORTION if self.exercise.slow else PORTION
        while len(answers) < len(self.questions):
            first = len(answers)
            answers += ask(list(self.questions[first : first + portion]))
            if self.exercise.up_to_a_constant:
                continue  # what the constant is, all answers tell
            if not self._may_fit(answers, truth):
                return ()
        return self.names(answers, truth)

    def of_group(self, mistake: KnownMistake) -> list[KnownMistake]:
        """The mistakes that answer as this one does, the shortest first."""
        mine = self.groups[self.mistakes.index(mistake)]
        alike = [self.mistakes[k] for k, speaker in enumerate(self.groups) if speaker == mine]
        return sorted(alike, key=lambda each: (each.length, each.slug))

    def _may_fit(self, answers: Sequence[Answer], truth: Truth) -> bool:
        """Whether some mistake can still fit, as far as these first answers tell."""
        open_ = [Answer.failed("missing", "not asked yet")] * (len(self.questions) - len(answers))
        given = self.signature([*answers, *open_], truth)
        unlike = (self.apart(given, other)[: len(answers)].sum() for other in self.of)
        return any(1 - count / len(self.questions) >= SHARE for count in unlike)

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
        """On which questions the numbers are wrong, or missing: ``[questions]``."""
        off = ~(np.abs(given.numbers - self.truth.numbers) <= self.noise)
        both = np.isnan(given.numbers) & np.isnan(self.truth.numbers)  # no numbers are asked for
        wrong = (off & (given.numbers != self.truth.numbers) & ~both).any(axis=1)
        return np.asarray(wrong | (given.labels != self.truth.labels))

    def _odd(self, given: Signature) -> NDArray[np.bool_]:
        """Where another kind of thing came back than from the solution: ``[questions]``."""
        return np.asarray(given.kinds != self.solution.kinds)

    def apart(self, given: Signature, other: Signature) -> NDArray[np.bool_]:
        """The questions that tell the two apart: ``[questions]``."""
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
            # The errors of two answers far below the truth are nearly equal, whatever the answers
            # are: kilometres for metres, a day for a year. So the answers themselves are compared,
            # down to a millionth of the truth.
            own = np.maximum(np.maximum(np.abs(a), np.abs(b)), TINY * np.abs(truth))
            size = np.minimum(size, own)
            close = np.isfinite(size) & (np.abs(a - b) <= CLOSE * size + self.noise)
        return np.asarray((close | (a == b) | (np.isnan(a) & np.isnan(b))).all(axis=1))
