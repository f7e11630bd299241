"""What is asked once an exercise has failed, for its author's sake: no point depends on it.

diagnosis = diagnose(result, known, ask)
diagnosis.mistake       # the known mistake that answers as this function does, if one does
diagnosis.picture       # a curve of its answers beside the right ones, where there is one
diagnosis.first         # the wrong exercises that it is built on: then nothing is guessed about it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.calls.answer import Answer, Argument, Call
from course_lib.checks.claims import Exercise, Returns
from course_lib.checks.contours import contours
from course_lib.checks.judging import Ask, Key, Result
from course_lib.checks.mistakes import Known, Mistake
from course_lib.checks.questions import SEED, drawn
from course_lib.checks.shrinking import Failure
from course_lib.checks.wrong import CallFailed, Wrong

Picture = dict[str, Any]

ALONG = ("s", "log_s", "m", "b")  # parameters along which a curve is drawn, the most telling first
STEPS = 17  # points of a curve: enough for a smooth one, and for a step to be seen
INPUTS = 3  # on which an argument has to make no difference
VISIBLE = 0.02  # of the picture's height: two curves that are closer look like one


@dataclass(frozen=True)
class Diagnosis:
    """What is known about a failed exercise beside its claims."""

    mistake: Mistake | None = None
    picture: Picture | None = None
    unnoticed: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


def diagnose(result: Result, known: Known | None, ask: Ask, first: Sequence[str] = ()) -> Diagnosis:
    """Ask what tells the known mistakes apart, and what a picture needs.

    first: the exercises that it is built on and that lost points. Its own mistake cannot be told
    from theirs, so none is looked for.
    """
    if result.status not in ("failed", "error"):
        return Diagnosis(first=tuple(first))
    ask = _remembering(dict(result.answers), ask)
    if first:
        return Diagnosis(picture=picture(result, ask), first=tuple(first))
    mistake = known.find(ask) if known is not None else None
    return Diagnosis(mistake, picture(result, ask), () if mistake else _unnoticed(result, ask))


def _remembering(answers: dict[Key, Answer], ask: Ask) -> Ask:
    """An `ask` that puts no question twice."""

    def asked(calls: list[Call]) -> list[Answer]:
        new = [call for call in calls if call.key not in answers]
        answers.update(zip((call.key for call in new), ask(new) if new else [], strict=True))
        return [answers[call.key] for call in calls]

    return asked


def _unnoticed(result: Result, ask: Ask) -> tuple[str, ...]:
    """The arguments of a quick function that it does not notice, where a right one would."""
    exercise = result.exercise
    if exercise.takes != "tensors" or result.status != "failed":
        return ()
    found = set(exercise.arguments)
    for base in (call for call in drawn(exercise, SEED, INPUTS) if call.mode == "value"):
        given = dict(zip(exercise.arguments, base.arguments, strict=True))
        calls = [base]
        for name, value in given.items():
            moved = 1.5 * np.asarray(value) + (0.7 if name not in ("s", "seconds") else 0.0)
            other = given | {name: moved if moved.ndim else float(moved)}
            calls.append(exercise.value(*other.values()))
        (before, *after), (right, *others) = (
            [_numbers(exercise, answer) for answer in answers]
            for answers in (ask(calls), [exercise.true_answer(call) for call in calls])
        )
        same = {
            name
            for name, came, due in zip(given, after, others, strict=True)
            if np.isfinite(before).all() and (came == before).all() and not (due == right).all()
        }
        found &= same
    return tuple(name for name in exercise.arguments if name in found)


def _numbers(exercise: Exercise, answer: Answer) -> np.ndarray:
    try:
        return np.atleast_1d(exercise.numbers(answer))
    except Wrong:
        return np.full(exercise.returns.size, np.nan)


def pictured(result: Result) -> Failure | None:
    """The failure that a picture is of: the first one in which numbers came back."""
    failures = (claim.failure for claim in result.claims if claim.failure is not None)
    return next((f for f in failures if f.call and not isinstance(f.wrong, CallFailed)), None)


def picture(result: Result, ask: Ask) -> Picture | None:
    """What there is to see around the failing input: numbers only, which the card draws.

    {"kind": "curve", "along": "s", "at": [...], "expected": [...], "got": [...]}
    {"kind": "lines", "x": [...], "y": [...], "expected": [m, b], "got": [m, b]}
    {"kind": "contours", "m": [...], "b": [...], "expected": [...], "got": [...]}
    """
    exercise, failure = result.exercise, pictured(result)
    if failure is None or failure.call is None or failure.call.function != exercise.name:
        return None
    with np.errstate(all="ignore"):  # a student's infinities are left out, not warned of
        return _pictured(exercise, failure.call, ask)


def _pictured(exercise: Exercise, call: Call, ask: Ask) -> Picture | None:
    given = dict(zip(exercise.arguments, call.arguments, strict=True))
    if exercise.returns is Returns.VECTOR3 and {"x", "y"} <= given.keys():
        return _lines(exercise, given, ask)
    if exercise.returns is Returns.SCALAR:
        curves = (_curve(exercise, given, name, ask) for name in ALONG if name in given)
        above = contours(exercise, ask)
        return above or next((curve for curve in curves if curve is not None), None)
    return None


def _curve(exercise: Exercise, given: dict[str, Argument], along: str, ask: Ask) -> Picture | None:
    """The function's value along one parameter, and the right one; None where they look alike."""
    middle = float(np.asarray(given[along]))
    if along == "s":
        at = middle * 2.0 ** np.linspace(-1.5, 1.5, STEPS)
    else:
        at = middle + np.linspace(-1.5, 1.5, STEPS) * max(1.0, abs(middle))
    calls = [exercise.value(*(given | {along: float(value)}).values()) for value in at]
    expected = np.array(
        [float(_numbers(exercise, exercise.true_answer(call))[0]) for call in calls]
    )
    got = np.array([float(_numbers(exercise, answer)[0]) for answer in ask(calls)])
    seen = np.isfinite(expected) & np.isfinite(got)
    if seen.sum() < STEPS // 2:
        return None
    at, expected, got = at[seen], expected[seen], got[seen]
    if exercise.up_to_a_constant:  # then each is seen from its own top
        expected, got = expected - expected.max(), got - got.max()
    height = np.ptp(np.concatenate([expected, got]))
    if not np.isfinite(height) or np.abs(got - expected).max() <= VISIBLE * height:
        return None
    numbers = {"at": at.tolist(), "expected": expected.tolist(), "got": got.tolist()}
    return {"kind": "curve", "along": along} | numbers


def _lines(exercise: Exercise, given: dict[str, Argument], ask: Ask) -> Picture | None:
    """The data, the right line and the one that came back."""
    call = exercise.value(*given.values())
    expected = np.atleast_1d(exercise.numbers(exercise.true_answer(call)))[:2]
    try:
        got = np.atleast_1d(exercise.numbers(ask([call])[0]))[:2]
    except Wrong:
        return None
    x, y = np.asarray(given["x"]), np.asarray(given["y"])
    ends = np.array([x.min(), x.max()])
    off = np.abs((got[0] - expected[0]) * ends + got[1] - expected[1]).max()
    if not np.isfinite(off) or off <= VISIBLE * np.ptp(y):
        return None
    numbers = {"x": x.tolist(), "y": y.tolist(), "expected": expected.tolist(), "got": got.tolist()}
    return {"kind": "lines"} | numbers
