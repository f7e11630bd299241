"""The few questions by which one known mistake is told from another: fixed, and no claim's.

    chosen = choose(known, COUNT["tensors"])        # the calls of `known` that tell most apart

They are put only after an exercise has failed, and no point depends on them. So they need not be
secret, and they do not change from cohort to cohort: what the mistakes answer is worked out once
for a bank (`answers`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from course_lib.calls.answer import Argument, Call
from course_lib.checks.claims import Checks, Exercise
from course_lib.checks.judging import Plan
from course_lib.checks.mistakes import Known, Signature

SEED = 1763  # of what is drawn here: the year of Bayes's essay
COUNT = {"tensors": 32, "arrays": 12}  # questions; a fit or a chain costs a hundred likelihoods
LARGEST = 400  # numbers in one question that is taken from a claim: what is kept has to be small
CANDIDATES = {"tensors": 40, "arrays": 24}  # drawn here, beside those of the claims
RESOLUTION = 2.0**-10  # of a chain's numbers: few digits are packed small, and hold as much


def candidates(checks: Checks, exercise: Exercise) -> list[Call]:
    """Questions to choose from: what the claims ask, extremes first, and others of their kind."""
    plan = Plan.draw(checks, SEED, share=0.5, only=(exercise.name,))
    asked = {
        call.key: call
        for call in plan.calls[exercise.name]
        if sum(np.size(argument) for argument in call.arguments) <= LARGEST
    }
    for call in drawn(exercise, SEED, CANDIDATES[exercise.takes]):
        asked.setdefault(call.key, call)
    return list(asked.values())


def drawn(exercise: Exercise, seed: int, count: int) -> list[Call]:
    """Questions on `count` inputs, drawn without the claims' help from the arguments' names."""
    rng = np.random.default_rng([seed, 271828])
    calls = []
    for _ in range(count):
        arguments = _arguments(exercise.arguments, rng)
        calls.append(exercise.value(*arguments))
        if exercise.differentiable:
            calls.append(exercise.gradient(*arguments))
    return calls


def _arguments(names: tuple[str, ...], rng: np.random.Generator) -> list[Argument]:
    n = int(rng.choice([1, 2, 3, 12, 24])) if "theta0" not in names else 30
    m, b = (float(10.0 ** rng.uniform(-2, 2) * rng.normal()) for _ in range(2))
    x = 10.0 ** rng.uniform(-1, 2) * rng.normal(size=n)
    log_s = float(rng.uniform(-6.0, 4.0))
    y = m * x + b + np.exp(log_s) * 10.0 ** rng.uniform(0, 2) * rng.normal(size=n)
    values: dict[str, Argument] = {
        "x": x,
        "y": y,
        "m": m,
        "b": b,
        "s": float(np.exp(log_s)),
        "log_s": log_s,
        "theta0": np.array([m, b, log_s + 1.0]),
        "seconds": float(rng.uniform(0.1, 100.0)),
    }
    if "chain" in names:
        values["chain"] = _chain(rng)
    return [values[name] for name in names]


def _chain(rng: np.random.Generator) -> NDArray[np.float64]:
    """Draws ``[steps, walkers, d]`` that forget after 1 to 8 steps, each parameter its own way.

    A moving sum of w draws has the autocorrelation time w. In one of three the walkers come in
    mirrored pairs.
    """
    steps = int(rng.choice([500, 640]))  # over fifty times 8, below which emcee does not answer
    walkers, d = int(rng.choice([1, 2, 4])), int(rng.choice([1, 2, 3]))
    noise = np.cumsum(rng.normal(size=(steps + 8, walkers, d)), axis=0)
    chain = np.empty((steps, walkers, d))
    for k in range(d):
        width = int(rng.choice([1, 3, 8]))
        chain[..., k] = (noise[width:, :, k] - noise[:-width, :, k])[:steps] / np.sqrt(width)
    if rng.uniform() < 1 / 3:
        chain = np.concatenate([chain, -chain], axis=1)
    chain = (chain + rng.normal(size=d)) * 2.0 ** rng.integers(-2, 3, size=d)
    return np.round(chain / RESOLUTION) * RESOLUTION


def choose(known: Known, count: int) -> list[int]:
    """Which of `known.calls` tell the mistakes, and the solution, apart: `count` places, in order.

    Greedy: each time the question is taken that separates most pairs which have been separated
    least often. Of questions that do as well, the one with fewer numbers.
    """
    everyone = [known.solution, *known.of]
    pairs = list(combinations(range(len(everyone)), 2))
    apart = np.array([known.apart(everyone[i], everyone[j]) for i, j in pairs])
    apart = apart.reshape(len(pairs), len(known.calls))
    size = np.array([sum(np.size(a) for a in call.arguments) for call in known.calls])
    chosen: list[int] = []
    done = np.zeros(len(pairs))  # how often each pair is told apart so far
    while len(chosen) < min(count, len(known.calls)):
        worth = apart.T @ (0.25**done) - 1e-9 * size
        worth[chosen] = -np.inf
        best = int(np.argmax(worth))
        chosen.append(best)
        done += apart[:, best]
    return sorted(chosen)


def chosen_of(known: Known, places: Sequence[int]) -> Known:
    """The same mistakes, and of their answers those at `places`."""

    def some(signature: Signature) -> Signature:
        at = list(places)
        return Signature(signature.numbers[at], signature.labels[at], signature.kinds[at])

    return Known(
        known.exercise,
        [known.calls[k] for k in places],
        some(known.solution),
        known.mistakes,
        [some(each) for each in known.of],
    )
