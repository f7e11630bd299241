"""What a student's package has in place of truths: recorded inputs, and right answers to them.

    data = record_of(assignment)                 # when an assignment is released
    record = Record(data, assignment)            # where a student has it installed
    plan = record.plan(assignment, "leapfrog")   # a SamplingPlan that asks no truth

For each claim there are the inputs on which it is tried, and a ladder: plainer ones, from the
simplest on, among which a readable failing input is looked for. For each question that the claims,
the known mistakes, the pictures and the counterfactuals put about them, there is the right answer.
"""

from __future__ import annotations

import dataclasses
import json
import struct
import sys
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

import numpy as np

from course_lib.claims.assignment import Assignment
from course_lib.claims.exercise import Claim, Exercise, Inputs
from course_lib.claims.sampling import RECORDED, SamplingPlan
from course_lib.claims.student_proxy import StudentProxy, right_answer
from course_lib.claims.truth import (
    OBJECT,
    Made,
    NotRecorded,
    Recorded,
    Recording,
    Truth,
    asks_about_an_answer,
)
from course_lib.claims.truth_proxy import TruthProxy
from course_lib.errors import CourseLibError
from course_lib.protocol.encoding import GarbledError, Limits, decode, encode
from course_lib.protocol.figures import Figure
from course_lib.protocol.questions import Answer, Question
from course_lib.protocol.values import (
    Callback,
    CannotCross,
    Named,
    Numbers,
    Seed,
    Table,
    Value,
    as_value,
    natural,
)
from course_lib.unwarned import unwarned

RECORD = "record.bin"  # the file's name in an assignment's folder
FORMAT = 1
LIMITS = Limits(head=2**26, numbers=2**24, items=2**22, questions=True)
_RECORD = "record "  # before the name of a class: a dataclass or a named tuple
_OBJECT = "object"
_INDEX = struct.Struct(">I")

Extra = Callable[[SamplingPlan], None]  # asks the plan's truth about what explanations need


def record_of(assignment: Assignment, extras: Iterable[Extra] = ()) -> bytes:
    """The record of an assignment, as bytes; the same assignment gives the same bytes.

    extras: what else is asked about the recorded inputs, by the packages that explain.
    Raises AuthorFault for an input that cannot be recorded, and for a claim that asks the truth
    about an answer, which nobody can know beforehand.
    """
    truth = Recording(assignment)
    plan = SamplingPlan.draw(assignment, RECORDED, truth=truth)
    if plan.faults:
        raise next(iter(plan.faults.values()))
    for exercise in assignment.exercises.values():
        for claim in exercise.claims:
            plan.plain_inputs(claim)
    for extra in extras:
        extra(plan)
    _refuse_truths_of_answers(plan, truth)
    parts: dict[str, Value] = {
        "": {
            "format": FORMAT,
            "exercises": list(assignment.exercises),
            "given": sorted(assignment.given),
            "calls": {which.hex(): called for which, called in sorted(truth.calls.items())},
        }
    }
    for name in assignment.exercises:
        parts[name] = {
            "inputs": _inputs(assignment, plan.inputs, name),
            "ladder": _inputs(assignment, plan.ladder, name),
            "answers": {
                which.hex(): _OBJECT if isinstance(answer, Made) else _kept(answer)
                for which, answer in sorted(truth.answers.get(name, {}).items())
            },
        }
    return _joined({name: encode({}, part, LIMITS) for name, part in parts.items()})


class _Noted:
    """What a `Recording` has noted until now, to be read as a record is."""

    def __init__(self, truth: Recording) -> None:
        self._truth = truth

    def answer(self, exercise: str, which: bytes) -> Answer | Made | None:
        return self._truth.answers.get(exercise, {}).get(which)

    def called(self, which: bytes) -> tuple[Value] | None:
        return (self._truth.calls[which],) if which in self._truth.calls else None


def _refuse_truths_of_answers(plan: SamplingPlan, truth: Recording) -> None:
    """Raise AuthorFault where a claim asks the truth about answers that are slightly wrong."""
    assignment = plan.assignment
    recorded, any_truth = Recorded(assignment, _Noted(truth)), Truth(assignment)

    def nearly_right(question: Question) -> Answer:
        due = right_answer(any_truth, question)
        return dataclasses.replace(due, value=_moved(due.value))

    student = StudentProxy(assignment, nearly_right, recorded)
    for exercise in assignment.exercises.values():
        about = TruthProxy(recorded, assignment, exercise.name)
        for claim in exercise.claims:
            for inputs in plan.inputs[exercise.name, claim.name][:1]:
                try:
                    with unwarned(), np.errstate(all="ignore"):
                        claim.body(student, about, **inputs)
                except NotRecorded as error:
                    raise asks_about_an_answer(exercise, error) from None
                except Exception:  # a claim that does not hold, or is not made for such answers
                    continue


def _moved(value: Value) -> Value:
    """The value with each of its numbers a thousandth larger."""
    match value:
        case float():
            return value * 1.001 + 0.001
        case Numbers() if value.values.dtype.kind == "f":
            return dataclasses.replace(value, values=value.values * 1.001 + 0.001)
        case tuple():
            return tuple(map(_moved, value))
        case list():
            return list(map(_moved, value))
    return value


def _kept(answer: Answer) -> tuple[Value, ...]:
    """An answer, with what its function asked of callbacks where it asked something."""
    return (answer.value, list(answer.asked), answer.count) if answer.count else (answer.value,)


def _joined(parts: Mapping[str, bytes]) -> bytes:
    """One file of several parts, each of which can be read by itself."""
    packed = {name: zlib.compress(data, 9) for name, data in parts.items()}
    index = json.dumps({name: len(data) for name, data in packed.items()}).encode()
    return _INDEX.pack(len(index)) + index + b"".join(packed.values())


def _split(data: bytes) -> dict[str, bytes]:
    (length,) = _INDEX.unpack_from(data)
    start = _INDEX.size + length
    parts = {}
    for name, size in json.loads(data[_INDEX.size : start]).items():
        parts[name] = data[start : start + size]
        start += size
    return parts


def _inputs(
    assignment: Assignment, of: Mapping[tuple[str, str], list[Inputs]], exercise: str
) -> dict[str, Any]:
    found = {}
    for claim in assignment.exercises[exercise].claims:
        try:
            found[claim.name] = [
                {name: _packed(value) for name, value in inputs.items()}
                for inputs in of[exercise, claim.name]
            ]
        except CannotCross as error:
            problem = f"an input of the claim {claim.name} cannot be recorded: {error}"
            step = "make it of numbers, text, arrays, lists, dicts and dataclasses"
            raise claim.place.fault(problem, step) from None
    return found


def _packed(value: Any) -> Value:
    """An input as a value that crosses: dataclasses and named tuples under their class's name."""
    if isinstance(value, (Seed, Named, Numbers, Table, Figure)):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {
            f.name: _packed(getattr(value, f.name)) for f in dataclasses.fields(value) if f.init
        }
        return {_RECORD + type(value).__qualname__: fields}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        fields = {name: _packed(item) for name, item in value._asdict().items()}
        return {_RECORD + type(value).__qualname__: fields}
    if isinstance(value, tuple):
        return tuple(map(_packed, value))
    if isinstance(value, list):
        return list(map(_packed, value))
    if isinstance(value, dict):
        return {name: _packed(item) for name, item in value.items()}
    found = as_value(value)
    if isinstance(found, Callback):
        raise CannotCross(
            "a function: draw what it is made from, and make it in the claim's body, or make it a "
            "dataclass with __call__"
        )
    return found


def _unpacked(value: Value, classes: Mapping[str, type]) -> Any:
    if isinstance(value, dict):
        names = list(value)
        if len(names) == 1 and isinstance(names[0], str) and names[0].startswith(_RECORD):
            fields = {name: _unpacked(item, classes) for name, item in value[names[0]].items()}
            return classes[names[0].removeprefix(_RECORD)](**fields)
        return {name: _unpacked(item, classes) for name, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_unpacked(item, classes) for item in value)
    if isinstance(value, list):
        return [_unpacked(item, classes) for item in value]
    return natural(value)


class Record:
    """A record; each part of it is read when something of it is asked for."""

    def __init__(self, data: bytes, where: str) -> None:
        self._data, self._where = data, where
        self._read: dict[str, dict[str, Any]] = {}

    @cached_property
    def _parts(self) -> dict[str, bytes]:
        try:
            return _split(self._data)
        except (struct.error, ValueError, TypeError, AttributeError) as error:
            raise self._unreadable(error) from None

    def _part(self, name: str) -> dict[str, Any]:
        if name not in self._read:
            try:
                _, value = decode(zlib.decompress(self._parts[name]), LIMITS)
                if name == "" and value["format"] != FORMAT:
                    raise GarbledError("it was made by another version")
            except (zlib.error, GarbledError, KeyError, TypeError) as error:
                raise self._unreadable(error) from None
            self._read[name] = value
        return self._read[name]

    def _unreadable(self, error: Exception) -> CourseLibError:
        return CourseLibError(
            f"{self._where} cannot be read ({error}). Next: unpack what you were given anew, "
            "and pip install -r requirements.txt"
        )

    @property
    def exercises(self) -> list[str]:
        """The names of the exercises, in their order."""
        return list(self._part("")["exercises"])

    @property
    def given(self) -> frozenset[str]:
        """The names that the notebook's own cells bind."""
        return frozenset(self._part("")["given"])

    def answer(self, exercise: str, which: bytes) -> Answer | Made | None:
        """A recorded answer, OBJECT, or None where there is none."""
        if exercise not in self._parts:
            return None
        found = self._part(exercise)["answers"].get(which.hex())
        if found is None or isinstance(found, str):
            return OBJECT if found == _OBJECT else None
        value, *rest = found
        asked, count = rest or ([], 0)
        return Answer(value, asked=tuple(asked), count=count)

    def called(self, which: bytes) -> tuple[Value] | None:
        """What a helper gave, in a tuple of its own; None where that is not recorded."""
        calls = self._part("")["calls"]
        return (calls[which.hex()],) if which.hex() in calls else None

    def plan(self, assignment: Assignment, exercise: str) -> SamplingPlan:
        """The recorded inputs of one exercise, and right answers to all questions about them.

        Raises CourseLibError where a claim is left without any: it would hold for everything.
        """
        plan = SamplingPlan(assignment, RECORDED, 1.0, Recorded(assignment, self))
        classes, part = _classes(assignment), self._part(exercise)
        for claim in assignment.exercises[exercise].claims:
            for where, into in (("inputs", plan.inputs), ("ladder", plan.ladder)):
                into[exercise, claim.name] = [
                    inputs
                    for packed in part[where][claim.name]
                    for inputs in [
                        {name: _unpacked(value, classes) for name, value in packed.items()}
                    ]
                    if _is_answered(plan, claim, inputs)
                ]
            if not plan.inputs[exercise, claim.name]:
                problem = f"nothing in it is about what the claim {claim.name} asks here"
                raise self._unreadable(GarbledError(problem))
        plan.plan_questions(assignment.exercises[exercise])
        return plan


def _is_answered(plan: SamplingPlan, claim: Claim, inputs: Inputs) -> bool:
    """Whether all that the claim asks about `inputs` is in the record.

    A number that a claim works out may be another in its last bits on another machine, so that what
    is asked about it is not found; then the other inputs are tried.
    """
    try:
        plan.asked_about(claim, inputs)
    except CourseLibError:
        return False
    return True


def _classes(assignment: Assignment) -> dict[str, type]:
    """The classes that the assignment's modules define, by name."""
    package = _package_of(assignment)
    return {
        value.__qualname__: value
        for name, module in list(sys.modules.items())
        if name.startswith(f"{package}.")
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__.startswith(f"{package}.")
    }


def _package_of(assignment: Assignment) -> str:
    exercise: Exercise = next(iter(assignment.exercises.values()))
    return str(exercise.truth.__module__).rpartition(".")[0]
