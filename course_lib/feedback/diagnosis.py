"""What is asked after an exercise has failed, to explain it; no point depends on it.

diagnosis = diagnose(plan, result, known, ask, code=code)
diagnosis.slip          # a slip that is plain from its code, or from Python's own words
diagnosis.mistakes      # the known mistakes that answer as this function does: one, or two
diagnosis.picture       # its answers beside the right ones, where there is a picture
diagnosis.first         # the wrong exercises that it is built on: fix these first
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.claims.exercise import Exercise
from course_lib.claims.failures import CallFailed
from course_lib.claims.judging import Result
from course_lib.claims.sampling import Ask, Key, SamplingPlan
from course_lib.claims.shrinking import Failure
from course_lib.claims.truth import Truth
from course_lib.feedback import variations
from course_lib.feedback.evidence import Given, Vector, named, true_numbers, with_arguments
from course_lib.feedback.fenced import fenced
from course_lib.feedback.mistake_matching import KnownMistake, KnownMistakes
from course_lib.feedback.probe_inputs import SEED, drawn
from course_lib.feedback.stumbles import stumble
from course_lib.feedback.variations import Change, numbers_or_none
from course_lib.notebook.code import Code
from course_lib.protocol.questions import Answer, Question

Picture = dict[str, Any]
MORE = 12  # inputs that are asked about where no known mistake fits: a sentence must hold on them
_QUOTED = re.compile(r"`([A-Za-z_]\w*(?:\.\w+)+)`")  # code with a dot in a mistake's sentence


@dataclass(frozen=True)
class Diagnosis:
    """What is known about a failed exercise beside its claims; `remarks` are for staff.

    asked: questions that were put to explain it, with their answers. unnoticed: arguments that make
    no difference. remembered: those for which an earlier call's value counts.
    """

    slip: str = ""
    mistakes: tuple[KnownMistake, ...] = ()
    picture: Picture | None = None
    unnoticed: tuple[str, ...] = ()
    remembered: tuple[str, ...] = ()
    changes: Change = ""
    asked: tuple[tuple[Question, Answer], ...] = ()
    first: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def diagnose(
    plan: SamplingPlan,
    result: Result,
    known: KnownMistakes | None,
    ask: Ask,
    first: Sequence[str] = (),
    code: Code | None = None,
) -> Diagnosis:
    """Look at the code, and ask what tells known mistakes apart and what a picture needs.

    first: the exercises that it is built on and that lost points. Its own mistake cannot be told
    from theirs, so nothing is asked then. code: what it is written as, where that is known.
    """
    if result.status not in ("failed", "error"):
        return Diagnosis(first=tuple(first))
    code = code or Code(result.exercise.name)
    asked = _Asked(ask, dict(result.answers))
    remarks = list[str]()
    slip = stumble(result, code)
    drawing = picture(plan, result, asked, remarks)
    asked.pairs.clear()  # a picture's many inputs are all alike
    if first:
        return Diagnosis(slip, picture=drawing, first=tuple(first), remarks=tuple(remarks))
    mistakes = _borne_out(known, known.find(asked, plan.truth), code) if known is not None else ()
    if slip or mistakes:  # a slip speaks; staff read the mistake's name beside it
        return Diagnosis(slip, mistakes, drawing, remarks=tuple(remarks))
    changes = variations.changes_when_asked_again(plan, result, ask)
    if changes:  # then no other call says anything about the next
        return Diagnosis(changes=changes, remarks=tuple(remarks))
    ignored = variations.unnoticed(plan, result, asked)
    remembered = variations.remembered(plan, result, ignored, asked) if ignored else ()
    if not result.exercise.slow and result.status == "failed":
        asked(drawn(plan, result.exercise, SEED, MORE))
    return Diagnosis(
        picture=drawing,
        unnoticed=ignored,
        remembered=remembered,
        asked=tuple(asked.pairs),
        remarks=tuple(remarks),
    )


class _Asked:
    """An `ask` that puts no question twice, and remembers what it has put."""

    def __init__(self, ask: Ask, answers: dict[Key, Answer]) -> None:
        self._ask, self._answers = ask, answers
        self.pairs: list[tuple[Question, Answer]] = []

    def __call__(self, questions: list[Question]) -> list[Answer]:
        new = [question for question in questions if question.key not in self._answers]
        for question, answer in zip(new, self._ask(new) if new else [], strict=True):
            self._answers[question.key] = answer
            self.pairs.append((question, answer))
        return [self._answers[question.key] for question in questions]


def _borne_out(
    known: KnownMistakes, found: tuple[KnownMistake, ...], code: Code
) -> tuple[KnownMistake, ...]:
    """The mistakes whose sentences do not quote code that is not there.

    Of mistakes that answer alike, the shortest whose sentence fits the code. Without the code, all.
    """
    if code.node is None:
        return found
    fitting = (
        next((each for each in known.of_group(one) if _quotes_only(each, code)), None)
        for one in found
    )
    return tuple(one for one in fitting if one is not None)


def _quotes_only(mistake: KnownMistake, code: Code) -> bool:
    """Whether all code with a dot in its sentence, such as `np.log`, stands in the cell."""
    return set(_QUOTED.findall(mistake.sentence)) <= code.words


def pictured(result: Result) -> Failure | None:
    """The failure that a picture is of: the first one in which something came back."""
    failures = (claim.failure for claim in result.claims if claim.failure is not None)
    return next((f for f in failures if f.question and not isinstance(f.wrong, CallFailed)), None)


@dataclass(frozen=True)
class Scene:
    """What a picture is made from: the failing input, and a way to ask about others.

    given: the arguments of the failing question, by name. `right(arguments)` and
    `student(arguments)` give the numbers for each of a list of arguments, ``[n, k]``; NaN where
    the student's function gives none.
    """

    exercise: Exercise
    given: Given
    question: Question
    truth: Truth
    ask: Ask

    def _questions(self, arguments: Sequence[Given]) -> list[Question]:
        names = self.exercise.arguments
        return [
            with_arguments(self.question, tuple(one[name] for name in names)) for one in arguments
        ]

    def right(self, arguments: Sequence[Given]) -> Vector:
        """The right numbers for each of `arguments`, ``[n, k]``."""
        return np.array(
            [true_numbers(self.exercise, q, self.truth) for q in self._questions(arguments)]
        )

    def student(self, arguments: Sequence[Given], size: int = 1) -> Vector:
        """The student's numbers for each of `arguments`, ``[n, size]``."""
        questions = self._questions(arguments)
        rows = []
        for question, answer in zip(questions, self.ask(questions), strict=True):
            found = numbers_or_none(self.exercise, question, answer, self.truth)
            fits = found is not None and len(found) == size
            rows.append(found if fits else np.full(size, np.nan))
        return np.array(rows)


def picture(plan: SamplingPlan, result: Result, ask: Ask, remarks: list[str]) -> Picture | None:
    """What there is to see around the failing input, by the first picture that sees something."""
    exercise, failure = result.exercise, pictured(result)
    question = failure.question if failure else None
    if question is None or question.function != exercise.name or not question.simple:
        return None
    step = question.steps[-1]
    value = exercise.question(*step.arguments)  # also where derivatives were asked for
    scene = Scene(exercise, named(exercise, value), value, plan.truth, ask)
    for draw in exercise.pictures:
        drawing = fenced(draw, scene, "the picture", exercise, plan.assignment, remarks)
        if drawing is not None:
            return drawing
    return None
