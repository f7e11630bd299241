"""The questions by which known mistakes are told apart. They are fixed, and no claim uses them.

    chosen = choose(known, count(known))         # the questions of `known` that tell most apart

They are asked only after an exercise has failed, and no point depends on them. So they need not be
secret, and they are the same for every cohort: the mistakes' answers are worked out once for a bank
(`mistake_archive`). An assignment may say how arguments are drawn (`exercise.probes`); otherwise
the claims' own inputs are drawn from another seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np

from course_lib.claims.assignment import Assignment
from course_lib.claims.exercise import Exercise
from course_lib.claims.sampling import SamplingPlan
from course_lib.claims.truth import Truth
from course_lib.feedback.mistake_matching import FEW_ANSWERS, KnownMistakes
from course_lib.feedback.signature import numbers_in, repeated
from course_lib.protocol.questions import Question

SEED = 1763  # of what is drawn here: the year of Bayes's essay
LARGE = 6  # one in so many of the chosen questions is one of the largest
REPEATED = 3  # questions that are asked a second time
NEARLY = 1e-4  # relative: what a function that rounds its arguments takes for equal
DRAWN = 40  # probes at most: what is drawn of them anywhere is the beginning of these
LARGEST = 400  # numbers in one question that is taken from a claim: the file is to stay small


def count(known: KnownMistakes) -> int:
    """How many questions tell an exercise's mistakes apart.

    A slow one is asked fewer, one that says yes or no more: each of its answers tells little.
    """
    if known.exercise.slow:
        return 12
    return 64 if known.truth.different <= FEW_ANSWERS else 32


def candidates(
    assignment: Assignment, exercise: Exercise, truth: Truth | None = None
) -> list[Question]:
    """Questions to choose from: what the claims ask, extremes first, and others of their kind."""
    own = SamplingPlan.draw(assignment, SEED, share=0.5, only=(exercise.name,), truth=truth)
    asked = {
        question.key: question
        for question in own.questions.get(exercise.name, [])
        if question.function == exercise.name and numbers_in(question) <= LARGEST
    }
    if exercise.probes is not None:
        for question in drawn(own, exercise, SEED, 24 if exercise.slow else DRAWN):
            asked.setdefault(question.key, question)
    return list(asked.values())


def drawn(plan: SamplingPlan, exercise: Exercise, seed: int, count: int) -> list[Question]:
    """Questions on `count` inputs, by the assignment's `probes`, else of those that are planned."""
    if exercise.probes is None:
        return plan.questions.get(exercise.name, [])[:count]
    rng = np.random.default_rng([seed, 271828])
    questions = []
    for _ in range(count):
        arguments = exercise.probes(rng)
        questions.append(exercise.question(*arguments))
        if exercise.differentiable:
            questions.append(exercise.gradient_question(*arguments))
    return questions


def choose(known: KnownMistakes, count: int) -> list[int]:
    """Which of `known.questions` tell the mistakes, and the solution, apart: `count` places.

    Greedy: each step takes the question that separates most of the pairs that are separated least
    often so far; of equally good questions, the one with fewer numbers. A question that is asked a
    second time comes first, together with the one that it repeats. Some of the largest are always
    among them: who is wrong in a way that nobody knows yet may answer a small one like a known
    mistake.
    """
    everyone = [known.solution, *known.of]
    pairs = list(combinations(range(len(everyone)), 2))
    apart = np.array([known.apart(everyone[i], everyone[j]) for i, j in pairs])
    apart = apart.reshape(len(pairs), len(known.questions))
    sizes = np.array([numbers_in(question) for question in known.questions])
    chosen: list[int] = []
    for one, other in list(repeated(known.questions))[:REPEATED]:
        chosen += [place for place in (one, other) if place not in chosen]
    first = tuple(chosen)
    alone = {other for _, other in repeated(known.questions)} - set(chosen)
    largest = [int(k) for k in np.argsort(-sizes, kind="stable") if k not in {*chosen, *alone}]
    chosen += largest[: count // LARGE]
    done = apart[:, chosen[len(first) :]].sum(axis=1)  # how often each pair is told apart so far
    while len(chosen) < min(count, len(known.questions) - len(alone)):
        worth = apart.T @ (0.25**done) - 1e-9 * sizes
        worth[[*chosen, *alone]] = -np.inf
        best = int(np.argmax(worth))
        chosen.append(best)
        done += apart[:, best]
    return [*chosen[: len(first)], *sorted(chosen[len(first) :])]


def reminders(among_all: KnownMistakes, alone: KnownMistakes) -> set[int]:
    """Places of questions that make mistakes wrong which are right on the chosen ones alone.

    Such a mistake remembers an earlier question: of those on which it is wrong, the first one,
    and those before it with one of its arguments.
    """
    found: set[int] = set()
    for given, now in zip(among_all.of, alone.of, strict=True):
        if not alone.same_as_solution(now):
            continue
        wrong = np.flatnonzero(among_all.apart(given, among_all.solution))
        if wrong.size:
            place = int(wrong[0])
            found |= {*_alike(among_all.questions, place), place}
    return found


def _alike(questions: Sequence[Question], place: int) -> set[int]:
    """Earlier questions with an argument of the one at `place`: for each, the one least like it."""
    mine = questions[place].steps[-1].arguments
    found: dict[int, tuple[int, int]] = {}
    for other in range(place):
        theirs = questions[other].steps[-1].arguments
        same = [k for k, pair in enumerate(zip(mine, theirs, strict=False)) if _nearly_equal(*pair)]
        for argument in same:
            if argument not in found or len(same) <= found[argument][0]:
                found[argument] = (len(same), other)
    return {other for _, other in found.values()}


def _nearly_equal(one: Any, other: Any) -> bool:
    try:
        return np.shape(one) == np.shape(other) and bool(np.allclose(one, other, rtol=NEARLY))
    except (TypeError, ValueError):  # not numbers
        return one is other
