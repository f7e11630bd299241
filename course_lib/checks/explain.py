"""From a failed claim to what a student reads: an observation first, then where to look.

    report(plan, result)["claims"][1]["message"]    # "It is off by +0.918939 for each data point …"

Never the answer. A mistake from the bank that gives the same numbers is named by its own sentence
(`mistakes.Known`); where none does, a clear pattern in the numbers is said; else expected and got
speak.
"""

from __future__ import annotations

import functools
import re
import warnings
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from course_lib.calls.answer import CallError
from course_lib.checks.claims import Exercise
from course_lib.checks.diagnosis import Diagnosis, pictured
from course_lib.checks.foundations import mend_first
from course_lib.checks.judging import ClaimResult, Plan, Result
from course_lib.checks.mistakes import Mistake
from course_lib.checks.patterns import PLACES, pattern
from course_lib.checks.shrinking import Failure
from course_lib.checks.whereabouts import likeness, whereabouts
from course_lib.checks.wrong import NO_NAME, CallFailed, Wrong, describe

READABLE = 200  # numbers; longer inputs are shown by what they were made from

# TensorFlow's words where a float32 tensor meets a float64 one.
_PRECISIONS = re.compile(r"expected to be a (double|float) tensor but is a (double|float) tensor")
_TWO_PRECISIONS = (
    " One of the two is float32: so is what tf makes of a plain number, as in tf.math.log(0.2) or "
    "tf.constant(0.2). Give it the type of the others: tf.constant(0.2, tf.float64)."
)

_ERRORS = {
    "missing": "{message}.",
    "raised": "On this input your function stopped with {message}",
    "returned": "Your function returned {message}.",
    "timeout": "Is there a loop that does not end? Your function gave {message}.",
    "crashed": "Your code ended its process: {message}.",
    "garbled": "Your code wrote into the grader's channel: {message}.",
}


def report(plan: Plan, result: Result, diagnosis: Diagnosis | None = None) -> dict[str, Any]:
    """One exercise's result in the verdict's form: points, status, and every claim."""
    found = diagnosis or Diagnosis()
    general = functools.cache(lambda: "" if found.first else observed(plan, result, found))
    claims = [_claim(plan, result, outcome, found, general) for outcome in result.claims]
    _say_once(claims)
    report: dict[str, Any] = {
        "exercise": result.exercise.name,
        "earned": result.earned,
        "points": result.exercise.points,
        "status": result.status,
        "claims": claims,
    }
    message = "\n".join(filter(None, (_first(result, found), _message(plan, result))))
    return report | {"message": message} if message else report


def report_untried(plan: Plan, result: Result) -> dict[str, Any]:
    """The result of an exercise that nobody has begun: no claim was tried."""
    return report(plan, replace(result, untouched=True))


def _claim(
    plan: Plan,
    result: Result,
    outcome: ClaimResult,
    diagnosis: Diagnosis,
    general: Callable[[], str],
) -> dict[str, Any]:
    claim: dict[str, Any] = {
        "claim": outcome.claim.name,
        "passed": outcome.holds,
        "sentence": outcome.claim.sentence,
        "points": outcome.claim.points,
    }
    failure = outcome.failure
    if failure is None:
        return claim
    if result.status == "missing":
        claim |= {"tried": False, "message": ""}
    else:
        if diagnosis.mistake is not None:
            mistake = diagnosis.mistake
            claim |= {"mistake": mistake.slug, "message": named(mistake, failure)}
        else:
            claim["message"] = explain(plan, result.exercise, failure) or general()
        claim["inputs"] = shown_inputs(result.exercise, failure)
    if not isinstance(failure.wrong, CallFailed):
        claim |= {"expected": failure.wrong.expected, "got": failure.wrong.got}
        if outcome.claim.relative:
            claim["relative"] = True
        if diagnosis.picture is not None and failure is pictured(result):
            claim["picture"] = diagnosis.picture
    return claim


def _say_once(claims: list[dict[str, Any]]) -> None:
    """What several claims say in the same words is said by the first of them."""
    said: set[str] = set()
    kinds: set[tuple[Any, Any]] = set()  # "three tensors", "a number": the inputs do not matter
    for claim in claims:
        kind = (claim.get("expected"), claim.get("got"))
        if isinstance(kind[0], str) and isinstance(kind[1], str):
            if kind in kinds:
                for part in ("inputs", "expected", "got", "relative"):
                    claim.pop(part, None)
            kinds.add(kind)
        message = claim.get("message", "")
        if message in said:
            claim["message"] = ""
            if "expected" not in claim:  # there was no answer: the inputs tell nothing new either
                claim.pop("inputs", None)
        said.add(message)
        said.discard("")


def _without_other_exercises(plan: Plan, message: str) -> str:
    """A hint at another exercise's name is no help: that one is there in its own right."""
    hint = re.search(r"; did you mean (\w+)\?$", message)
    known = hint is not None and hint[1] in plan.checks.exercises
    return message[: hint.start()] if hint is not None and known else message


def _first(result: Result, diagnosis: Diagnosis) -> str:
    """What is to be mended before this exercise, but for what is missing: the error says that."""
    if result.status in ("passed", "missing"):
        return ""
    wrongs = [outcome.failure.wrong for outcome in result.claims if outcome.failure is not None]
    errors = [NO_NAME.search(w.error.message) for w in wrongs if isinstance(w, CallFailed)]
    missing = {error[1] for error in errors if error is not None}
    return mend_first([name for name in diagnosis.first if name not in missing])


def _message(plan: Plan, result: Result) -> str:
    """A sentence about the exercise as a whole, where one says more than its claims do."""
    if result.status == "missing":
        failure = next(r.failure for r in result.claims if r.failure is not None)
        text = _without_other_exercises(plan, failure.wrong.message)
        return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('?') else '.'}"
    gates = [r for r in result.claims if r.claim.gate and not r.holds]
    if gates and any(r.holds for r in result.claims):
        return (
            "No points yet: an answer has to do this before anything else about it counts: "
            f"“{gates[0].claim.sentence}”"
        )
    return ""


def explain(plan: Plan, exercise: Exercise, failure: Failure) -> str:
    """What one `failure` says by itself: an error, or a sentence of its claim's own; else ""."""
    wrong = failure.wrong
    if isinstance(wrong, CallFailed):
        if misfit := _misfit(exercise, wrong.error):
            return misfit
        text = _ERRORS[wrong.error.kind].format(message=wrong.error.message)
        text = text.replace("?.", "?") + _not_there(plan, wrong.error.message)
        text += _TWO_PRECISIONS if _PRECISIONS.search(wrong.error.message) else ""
        return text + (f"\n{wrong.error.lines}" if wrong.error.lines else "")
    return wrong.message


def observed(plan: Plan, result: Result, diagnosis: Diagnosis) -> str:
    """What all of an exercise's wrong answers have in common, if that is plain."""
    with np.errstate(all="ignore"), warnings.catch_warnings():  # infinities are seen, not warned of
        warnings.simplefilter("ignore", RuntimeWarning)
        return (
            pattern(plan, result)
            or likeness(plan, result)
            or _whatever(diagnosis.unnoticed)
            or whereabouts(plan, result)
            or _of_another_kind(plan, result)
        )


def _whatever(unnoticed: tuple[str, ...]) -> str:
    if not unnoticed:
        return ""
    names = " and ".join(unnoticed)
    return f"It gives the same answer whatever {names} {'is' if len(unnoticed) == 1 else 'are'}."


def _of_another_kind(plan: Plan, result: Result) -> str:
    """Where nothing that came back could be read as the numbers that are asked for."""
    exercise = result.exercise
    kinds, empty = set(), list[int]()
    for call in plan.calls[exercise.name]:
        answer = result.answers.get(call.key)
        if call.mode == "value" and answer is not None and answer.error is None:
            try:
                exercise.numbers(answer)
                return ""
            except Wrong:
                kinds.add(describe(answer))
                empty = [k for k, part in enumerate(answer.parts) if part.kind == "none"]
    if len(kinds) != 1:
        return ""
    if empty and len(empty) < exercise.returns.size:
        names = exercise.arguments[-exercise.returns.size :]
        which = " and the ".join(f"{PLACES[k]} (by {names[k]})" for k in empty)
        return (
            f"The {which} {'is' if len(empty) == 1 else 'are'} None: the tape did not watch "
            f"{' and '.join(names[k] for k in empty)}, or saw nothing that was made from it."
        )
    return f"It returns {kinds.pop()}, on every input; asked for: {exercise.returns.value}."


def named(mistake: Mistake, failure: Failure) -> str:
    """A known mistake's sentence; an exception's own words and lines stay below it."""
    wrong = failure.wrong
    if isinstance(wrong, CallFailed) and wrong.error.kind == "raised":
        return "\n".join(filter(None, (mistake.sentence, wrong.error.message, wrong.error.lines)))
    return mistake.sentence


def _misfit(exercise: Exercise, error: CallError) -> str:
    """A call that Python refused before a line of the function ran: the arguments do not fit."""
    refused = error.kind == "raised" and not error.lines and "TypeError" in error.message
    if not (refused and "argument" in error.message):
        return ""
    names = ", ".join(exercise.arguments)
    return (
        f"It is called with {len(exercise.arguments)} arguments, ({names}), and your function does "
        "not take these: keep the first line that the cell came with."
    )


def _not_there(plan: Plan, message: str) -> str:
    """Where a missing name comes from: the notebook's top, or another exercise."""
    missing = NO_NAME.search(message)
    if missing is None:
        return ""
    if missing[1] in plan.checks.exercises:
        return f". It builds on {missing[1]}, which is not there: mend that one first."
    known = ("np", "tf", "T", "scipy", "integrated_time")  # what cells above bring
    return ". Have the notebook's first cells been run?" if missing[1] in known else ""


def shown_inputs(exercise: Exercise, failure: Failure) -> dict[str, Any]:
    """What the function was called with, under its arguments' names, ready for a verdict.

    Where that is too long to read, a whole chain, what it was made from is shown instead.
    """
    call = failure.call
    if (
        call is not None
        and call.function == exercise.name
        and sum(np.size(argument) for argument in call.arguments) <= READABLE
    ):
        values = [np.asarray(argument).tolist() for argument in call.arguments]
        return dict(zip(exercise.arguments, values, strict=True))
    shown: dict[str, Any] = {}
    for name, value in failure.inputs.items():
        fields = getattr(value, "_asdict", None)
        shown.update(fields() if fields is not None else {name: value})
    return shown
